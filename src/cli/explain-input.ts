// What `explain` was asked: words that are no flags although they begin with a dash, and a message on standard input.
import { addAbortSignal, type Readable } from 'node:stream';
import { DoctorError } from '../model/errors.js';
import { printable } from '../model/text.js';

/** More than that is no message with the lines around it. */
const MOST_BYTES = 256 * 1024;
/** A dash and a letter among fewer words than this is a misspelt flag. */
const FEWEST_WORDS = 3;

/**
 * The arguments with `--` before the message, where a part of it would pass for a flag: Docker begins one with `-o parent`.
 * `isFlag` tells the flags that there are.
 */
export function withMessageLast(
  argv: readonly string[],
  isFlag: (word: string) => boolean,
): string[] {
  if (argv.includes('--')) return [...argv];
  const isText = (word: string): boolean =>
    word.startsWith('-') &&
    !isFlag(word) &&
    (/\s/.test(word) || (/^-[a-z]$/i.test(word) && argv.length >= FEWEST_WORDS));
  if (!argv.some((word) => isText(word))) return [...argv];
  return [...argv.filter((word) => isFlag(word)), '--', ...argv.filter((word) => !isFlag(word))];
}

/** All of the stream. Throws DoctorError where it cannot be read, or is too long for a message. */
export async function readMessage(stream: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stream)) {
      const bytes = Buffer.from(chunk as Buffer);
      chunks.push(bytes);
      length += bytes.length;
      if (length > MOST_BYTES) break;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = printable(error instanceof Error ? error.message : String(error));
    throw new DoctorError('unreadable-input', `cannot read standard input: ${reason}`);
  }
  if (length > MOST_BYTES) {
    throw new DoctorError(
      'unreadable-input',
      `there is too much on standard input; ${(MOST_BYTES / 1024).toString()} KiB around the message are enough`,
    );
  }
  return Buffer.concat(chunks).toString('utf8');
}
