// YAML as a tree in which every value knows where it stands: anchors and merge keys followed, nothing else changed.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Place } from '../../../model/plan.js';

export type Value = MapValue | ListValue | ScalarValue;

export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Value>;
  readonly place: Place;
  readonly tag?: string;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly place: Place;
  readonly tag?: string;
}

export interface ScalarValue {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly place: Place;
  readonly tag?: string;
}

/** One sentence that says where and what; the caller makes an error of it. */
export class ComposeMistake extends Error {
  constructor(message: string, place?: Place) {
    super(place === undefined ? message : `${placeText(place)}: ${message}`);
  }
}

function placeText({ file, line, column }: Place): string {
  return `${file}:${line.toString()}:${column.toString()}`;
}

/** Deeper than any file that people write, and shallower than the stack. */
const DEEPEST = 64;
/** A file that says more than this, aliases followed, is meant to do harm. */
const MOST_VALUES = 200_000;

/** Throws a ComposeMistake with line and column. */
export function readTree(file: string, text: string): Value {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [error] = document.errors;
  if (error !== undefined) throw new ComposeMistake(firstLine(error.message), at(error.pos[0]));
  const reader = new TreeReader(document, at);
  return reader.valueOf(document.contents, [], { file, line: 1, column: 1 });
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).replace(/\.$/u, '');
}

class TreeReader {
  readonly #document: Document;
  readonly #at: (offset: number) => Place;
  #count = 0;

  constructor(document: Document, at: (offset: number) => Place) {
    this.#document = document;
    this.#at = at;
  }

  valueOf(node: unknown, above: readonly Node[], outer: Place): Value {
    this.#count += 1;
    const place = this.#placeOf(node, outer);
    if (this.#count > MOST_VALUES) throw new ComposeMistake('the file says too much', place);
    if (above.length > DEEPEST) throw new ComposeMistake('nested too deep', place);
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined)
        throw new ComposeMistake(`no anchor is called ${node.source}`, place);
      if (above.includes(target)) {
        throw new ComposeMistake(`the alias ${node.source} goes round in a circle`, place);
      }
      return this.valueOf(target, above, outer);
    }
    if (isMap(node)) return this.#mapOf(node, above, place);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.valueOf(item, [...above, node], place));
      return { kind: 'list', items, place, ...tagOf(node) };
    }
    const value = isScalar(node) ? plain(node.value) : null;
    return { kind: 'scalar', value, place, ...(isScalar(node) && tagOf(node)) };
  }

  /** Keys of the map itself win over those that it merges in, wherever `<<` stands. */
  #mapOf(node: YAMLMap, above: readonly Node[], place: Place): MapValue {
    const own = new Map<string, Value>();
    const merged = new Map<string, Value>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const value = this.valueOf(pair.value, [...above, node], this.#placeOf(pair.key, place));
      if (isMergeKey(pair)) this.#mergeIn(value, merged);
      else own.set(key, value);
    }
    for (const [key, value] of merged) if (!own.has(key)) own.set(key, value);
    return { kind: 'map', entries: own, place, ...tagOf(node) };
  }

  #mergeIn(value: Value, merged: Map<string, Value>): void {
    const sources = value.kind === 'list' ? value.items : [value];
    for (const source of sources) {
      if (source.kind !== 'map') {
        throw new ComposeMistake('<< takes mappings only', source.place);
      }
      for (const [key, one] of source.entries) if (!merged.has(key)) merged.set(key, one);
    }
  }

  #placeOf(node: unknown, outer: Place): Place {
    const range = isNodeWithRange(node) ? node.range : undefined;
    return range == null ? outer : this.#at(range[0]);
  }
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

function isNodeWithRange(node: unknown): node is { range?: readonly number[] | null } & Node {
  return typeof node === 'object' && node !== null && 'range' in node;
}

function plain(value: unknown): ScalarValue['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Compose knows two tags of its own; all others mean nothing to it. */
function tagOf({ tag }: { readonly tag?: string | undefined }): { readonly tag?: string } {
  return tag === '!reset' || tag === '!override' ? { tag } : {};
}
