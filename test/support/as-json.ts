// What is left of a value once it was written to a file and read again: absent fields instead of undefined ones, and no shared parts.

export function asJson(value: unknown): unknown {
  const text = JSON.stringify(value);
  return JSON.parse(text);
}
