// Goes through a value along its shape and reads every text in it.
import type { Mapper } from '../mapper.js';
import { READINGS, type ReadingId } from '../readings/readings.js';
import { AS_IT_IS, type AnyShape, type Shape } from './shape.js';

/** The value anew, with what the readings made of its texts. What the shape does not know, or knows otherwise, is left out. */
export function readThrough<T>(value: T, shape: Shape<T>, mapper: Mapper): T {
  const read = once((id, text) => READINGS[id](text, mapper));
  return through(value, shape, read) as T;
}

/** Every different text of the value with what it is, in the order in which they first stand there. */
export function textsIn<T>(value: T, shape: Shape<T>): readonly (readonly [ReadingId, string])[] {
  const texts: (readonly [ReadingId, string])[] = [];
  const note = once((id, text) => {
    texts.push([id, text]);
    return text;
  });
  through(value, shape, note);
  return texts;
}

type Read = (id: ReadingId, text: string) => string;

/** The same few texts stand in a snapshot hundreds of times: each is read once. */
function once(read: Read): Read {
  const known = new Map<ReadingId, Map<string, string>>();
  return (id, text) => {
    const own = known.get(id) ?? new Map<string, string>();
    known.set(id, own);
    const value = own.get(text) ?? read(id, text);
    own.set(text, value);
    return value;
  };
}

function through(value: unknown, shape: AnyShape, read: Read): unknown {
  if (value === null) return null;
  if (shape === AS_IT_IS) return isPlain(value) ? value : undefined;
  if (typeof shape === 'string') return typeof value === 'string' ? read(shape, value) : undefined;
  if (typeof value !== 'object') return undefined;
  if ('list' in shape) {
    return Array.isArray(value) ? value.map((one) => through(one, shape.list, read)) : undefined;
  }
  if ('fields' in shape) return pick(value, shape.fields, read);
  if ('kinds' in shape) return ofItsKind(value, shape.kinds, read);
  if ('fact' in shape) {
    return pick(value, { state: 'word', reason: 'prose', value: shape.fact }, read);
  }
  const entries = Object.entries(value).map(
    ([key, one]) => [read(shape.keys, key), through(one, shape.values, read)] as const,
  );
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** In the order of the value's own fields. */
function pick(
  value: object,
  fields: Readonly<Record<string, AnyShape>>,
  read: Read,
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const one = (value as Readonly<Record<string, unknown>>)[key];
    const other = shape === undefined ? undefined : through(one, shape, read);
    if (other !== undefined) picked[key] = other;
  }
  return picked;
}

function ofItsKind(value: object, kinds: Readonly<Record<string, AnyShape>>, read: Read): unknown {
  const kind = 'kind' in value ? value.kind : undefined;
  const isKnown = typeof kind === 'string' && Object.hasOwn(kinds, kind);
  const shape = isKnown ? kinds[kind] : undefined;
  return shape && through(value, shape, read);
}
