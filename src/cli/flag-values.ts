// What the values of repeatable flags come to: a list on the command line, one text from the environment.

/** Names may hold commas; only a list from the environment, which oclif hands over as one text, is split at them. */
export function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return wordsIn(value);
  return Array.isArray(value)
    ? value.filter((name): name is string => typeof name === 'string')
    : [];
}

/** Words never hold commas: `--only a,b --only c` is three. */
export function wordsIn(value: unknown): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
