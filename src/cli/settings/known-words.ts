// Settings whose values are words of a list: one that is not on it is refused at its own place, and not where flags are.
import type { Setting } from '../../core/parse/settings/settings-file.js';
import { DoctorError } from '../../model/errors.js';
import { EXPECTATIONS } from '../../model/snapshot.js';
import { printable } from '../../model/text.js';
import { wordsIn } from '../flag-values.js';

/** Throws DoctorError: `file:line:column: what is wrong`. */
export async function assertWords(setting: Setting): Promise<void> {
  for (const [word, at] of placedWords(setting)) {
    const error = await complaint(setting.name, word, at);
    if (error !== undefined) throw error;
  }
}

function placedWords({ value, at, itemsAt = [] }: Setting): (readonly [string, string])[] {
  const texts = typeof value === 'object' ? value : [String(value)];
  return texts.flatMap((text, index) =>
    wordsIn(text).map((word) => [word, itemsAt[index] ?? at] as const),
  );
}

async function complaint(name: string, word: string, at: string): Promise<DoctorError | undefined> {
  if (name === 'only' || name === 'skip') {
    const { unknownCheck } = await import('../check-selection.js');
    return unknownCheck(word, at);
  }
  if (name !== 'expect' || (EXPECTATIONS as readonly string[]).includes(word)) return undefined;
  const known = EXPECTATIONS.join(', ');
  return new DoctorError(
    'bad-file',
    `${at}: expect does not know ${printable(word)}; there are ${known}`,
  );
}
