// Which parts of a JSON answer may be held in memory; all others are dropped while they are read.

/**
 * - `value`: a text, a number, true, false or null; lists and objects in its place are dropped.
 * - `presence`: that something stands there, as `true`.
 * - `list`: what is kept of each element.
 * - `fields` and `others`: what is kept under these names, and under any other name; names that stand in neither are
 *   dropped with all that is under them.
 */
export type Projection =
  | 'value'
  | 'presence'
  | { readonly list: Projection }
  | {
      readonly fields?: Readonly<Record<string, Projection>>;
      readonly others?: Projection;
    };
