// Reading fields of a container engine's JSON: whatever is not of the expected kind counts as not there.

/** Longest text that is kept: no name, address or version of an honest engine comes near. */
const TEXT_LIMIT = 512;

/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; anything else is an empty one. */
export function asRecord(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that is not empty, cut at a sane length. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, TEXT_LIMIT) : undefined;
}

/** The first of the values that is a text and not empty. */
export function firstText(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const text = asText(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A whole number. */
export function asInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** An object's own entries whose values are texts. */
export function textEntries(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(asRecord(value)).flatMap(([key, entry]) => {
    const text = asText(entry);
    return text === undefined ? [] : [[key, text] as const];
  });
}

/** Order by code units: the same on every machine, whatever its locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
