// Goes through a value along its shape and reads every text in it.
import type { Mapper } from '../mapper.js';
import { READINGS, type ReadingId } from '../readings/readings.js';
import { AS_IT_IS, type AnyShape, type Shape } from './shape.js';

/** The value anew, with what the readings made of its texts. What the shape does not know, or knows otherwise, is left out. */
export function readThrough<T>(value: T, shape: Shape<T>, mapper: Mapper): T {
  return through(value, shape, mapper) as T;
}

function through(value: unknown, shape: AnyShape, mapper: Mapper): unknown {
  if (value === null) return null;
  if (shape === AS_IT_IS) return isPlain(value) ? value : undefined;
  if (typeof shape === 'string')
    return typeof value === 'string' ? read(shape, value, mapper) : undefined;
  if (typeof value !== 'object') return undefined;
  if ('list' in shape) {
    return Array.isArray(value) ? value.map((one) => through(one, shape.list, mapper)) : undefined;
  }
  if ('fields' in shape) return pick(value, shape.fields, mapper);
  if ('kinds' in shape) return ofItsKind(value, shape.kinds, mapper);
  if ('fact' in shape) {
    return pick(value, { state: 'word', reason: 'prose', value: shape.fact }, mapper);
  }
  const entries = Object.entries(value).map(
    ([key, one]) => [read(shape.keys, key, mapper), through(one, shape.values, mapper)] as const,
  );
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function read(id: ReadingId, text: string, mapper: Mapper): string {
  return READINGS[id](text, mapper);
}

/** In the order of the value's own fields. */
function pick(
  value: object,
  fields: Readonly<Record<string, AnyShape>>,
  mapper: Mapper,
): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value) as [string, unknown][]) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const other = shape === undefined ? undefined : through(one, shape, mapper);
    if (other !== undefined) picked[key] = other;
  }
  return picked;
}

function ofItsKind(
  value: object,
  kinds: Readonly<Record<string, AnyShape>>,
  mapper: Mapper,
): unknown {
  const kind = 'kind' in value ? value.kind : undefined;
  const isKnown = typeof kind === 'string' && Object.hasOwn(kinds, kind);
  const shape = isKnown ? kinds[kind] : undefined;
  return shape && through(value, shape, mapper);
}
