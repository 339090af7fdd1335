// A YAML file as a tree in which everything knows its line: for files that people write, where an error must point.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { DoctorError } from '../../../model/errors.js';
import { printable } from '../../../model/text.js';

export interface YamlTree {
  /** `file:line:column`, for errors. */
  readonly at: string;
  readonly content:
    | { readonly kind: 'map'; readonly entries: readonly YamlEntry[] }
    | { readonly kind: 'list'; readonly items: readonly YamlTree[] }
    | { readonly kind: 'value'; readonly value: unknown };
}

export interface YamlEntry {
  readonly key: string;
  readonly at: string;
  readonly node: YamlTree;
}

/** Throws DoctorError with the place of the first thing that is no YAML. JSON is YAML, too. */
export function yamlTree(text: string, file: string): YamlTree {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${printable(file)}:${line.toString()}:${col.toString()}`;
  };
  const [error] = document.errors;
  if (error !== undefined) throw badFile(placeAt(error.pos[0]), `no YAML: ${error.message}`);
  return treeOf(document.contents, placeAt);
}

export function badFile(at: string, message: string): DoctorError {
  return new DoctorError('bad-file', `${at}: ${printable(message.replace(/\.$/, ''))}`);
}

type PlaceAt = (offset: number) => string;

function treeOf(node: Node | null, placeAt: PlaceAt): YamlTree {
  const at = placeAt(node?.range?.[0] ?? 0);
  if (isAlias(node)) throw badFile(at, 'an alias (*) is not read in this file');
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => {
      const name = treeOf(key as Node | null, placeAt);
      const { content } = name;
      const isName = content.kind === 'value' && typeof content.value === 'string';
      if (!isName) throw badFile(name.at, 'a key must be a name');
      const below = value as Node | null;
      const inside = below === null ? { ...name, content: NOTHING } : treeOf(below, placeAt);
      return { key: content.value, at: name.at, node: inside };
    });
    return { at, content: { kind: 'map', entries: entries } };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => treeOf(item as Node | null, placeAt));
    return { at, content: { kind: 'list', items } };
  }
  return { at, content: isScalar(node) ? { kind: 'value', value: node.value } : NOTHING };
}

const NOTHING = { kind: 'value', value: null } as const;
