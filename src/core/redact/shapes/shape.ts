// Says of every part of a type what it is. The compiler refuses a shape that leaves a field out, so that a new fact cannot slip
// through unread; the walk drops what the shape does not know.
import type { Fact } from '../../../model/fact.js';
import type { ReadingId } from '../readings/readings.js';

/** Numbers and booleans are kept: none of them is a name or an address. */
export const AS_IT_IS = 'as it is';

/** Words of a closed list are our own; any other text needs a reading. */
type TextShape<T extends string> = string extends T ? ReadingId : 'word';

type Fields<T> = {
  readonly fields: { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };
};

type Tagged<T extends { readonly kind: string }> = {
  readonly kinds: { readonly [K in T['kind']]: Fields<Extract<T, { readonly kind: K }>> };
};

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

/** The shape that a type must have. */
export type Shape<T> = [T] extends [Fact<infer V>]
  ? { readonly fact: Shape<V> }
  : [T] extends [string | null]
    ? TextShape<Exclude<T, null>>
    : [T] extends [number | boolean | null]
      ? typeof AS_IT_IS
      : [T] extends [readonly (infer U)[]]
        ? { readonly list: Shape<U> }
        : string extends keyof T
          ? { readonly keys: ReadingId; readonly values: Shape<T[keyof T]> }
          : true extends IsUnion<T>
            ? [T] extends [{ readonly kind: string }]
              ? Tagged<T>
              : never
            : Fields<T>;

/** Any shape, for the walk. */
export type AnyShape =
  | ReadingId
  | typeof AS_IT_IS
  | { readonly fact: AnyShape }
  | { readonly list: AnyShape }
  | { readonly keys: ReadingId; readonly values: AnyShape }
  | { readonly fields: Readonly<Record<string, AnyShape>> }
  | { readonly kinds: Readonly<Record<string, AnyShape>> };
