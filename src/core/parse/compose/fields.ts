// Reading a Compose file's values: what is of the wrong kind is a mistake with a place, never a guess.
import { ComposeMistake, type ListValue, type MapValue, type Value } from './tree.js';

export function mapIn(value: Value | undefined, path: string): MapValue | undefined {
  if (value === undefined || isNull(value)) return undefined;
  if (value.kind !== 'map') throw new ComposeMistake(`${path} must be a mapping`, value.place);
  return value;
}

export function listIn(value: Value | undefined, path: string): ListValue | undefined {
  if (value === undefined || isNull(value)) return undefined;
  if (value.kind !== 'list') throw new ComposeMistake(`${path} must be a list`, value.place);
  return value;
}

/** Numbers and booleans count as their text. */
export function textIn(value: Value | undefined, path: string): string | undefined {
  if (value === undefined || isNull(value)) return undefined;
  if (value.kind !== 'scalar') throw new ComposeMistake(`${path} must be a text`, value.place);
  return String(value.value);
}

export function flagIn(value: Value | undefined, path: string): boolean {
  const text = textIn(value, path);
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw new ComposeMistake(`${path} must be true or false`, value?.place);
}

/** A text, or a list of texts. */
export function textsIn(value: Value | undefined, path: string): string[] {
  if (value === undefined || isNull(value)) return [];
  if (value.kind === 'scalar') return [String(value.value)];
  const items = listIn(value, path)?.items ?? [];
  return items.flatMap((item) => textIn(item, path) ?? []);
}

/** `KEY: value`; a list of `KEY=value` is refused where Compose refuses it. */
export function pairsIn(value: Value | undefined, path: string): Record<string, string> {
  const entries = [...(mapIn(value, path)?.entries ?? [])];
  return Object.fromEntries(
    entries.map(([key, one]) => [key, textIn(one, `${path}.${key}`) ?? '']),
  );
}

/** Refuses keys that Compose does not know; `x-` ones are anybody's. */
export function onlyKeys(map: MapValue, known: readonly string[], path: string): void {
  for (const [key, { place }] of map.entries) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const where = path === '' ? 'the file' : path;
    throw new ComposeMistake(`additional properties '${key}' not allowed in ${where}`, place);
  }
}

function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}
