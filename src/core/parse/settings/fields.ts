// What is asked of a file that somebody wrote: names that exist, and values of the right sort. Every refusal has its place.
import { isDay } from '../../../model/day.js';
import { badFile, type YamlTree } from './yaml-tree.js';

export interface Field {
  readonly at: string;
  readonly node: YamlTree;
}

/** The entries of a map, by name. Throws for a name that is not among the known ones. */
export function fieldsOf(
  tree: YamlTree,
  known: readonly string[],
  what: string,
): ReadonlyMap<string, Field> {
  if (tree.content.kind !== 'map') throw badFile(tree.at, `${what} must be a map with names`);
  for (const { key, at } of tree.content.entries) {
    if (known.includes(key)) continue;
    throw badFile(at, `${what} has no ${key}; there are ${known.join(', ')}`);
  }
  return new Map(tree.content.entries.map(({ key, at, node }) => [key, { at, node }]));
}

export function required(
  fields: ReadonlyMap<string, Field>,
  name: string,
  whole: { readonly at: string; readonly what: string },
): Field {
  const field = fields.get(name);
  if (field === undefined) throw badFile(whole.at, `${whole.what} lacks ${name}`);
  return field;
}

export function itemsOf({ node }: Field, name: string): readonly YamlTree[] {
  if (node.content.kind === 'list') return node.content.items;
  throw badFile(node.at, `${name} must be a list`);
}

/** A text that says something. */
export function textOf({ node }: Field, name: string): string {
  const value = valueOf(node);
  if (typeof value === 'string' && value.trim() !== '') return value;
  const isNumber = typeof value === 'number' || typeof value === 'boolean';
  throw badFile(node.at, `${name} must be a text${isNumber ? ' (put it in quotes)' : ''}`);
}

export function oneOf<T extends string>(field: Field, name: string, words: readonly T[]): T {
  const value = valueOf(field.node);
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw badFile(field.node.at, `${name} must be one of ${words.join(', ')}`);
}

/** A day that is in the calendar, as in 2026-01-31. */
export function dayOf(field: Field, name: string): string {
  const value = valueOf(field.node);
  if (typeof value === 'string' && isDay(value)) return value;
  throw badFile(field.node.at, `${name} must be a day of the calendar, as in 2026-01-31`);
}

function valueOf({ content }: YamlTree): unknown {
  return content.kind === 'value' ? content.value : undefined;
}
