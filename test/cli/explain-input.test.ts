import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readMessage, withMessageLast } from '../../src/cli/explain-input.js';

const isFlag = (word: string): boolean => ['--json', '-q'].includes(word);
const never = new AbortController().signal;

describe('arguments', () => {
  it.each([
    [
      ['parent-down', '--json'],
      ['parent-down', '--json'],
    ],
    [
      ['-o parent interface', '--json'],
      ['--json', '--', '-o parent interface'],
    ],
    [
      ['daemon:', '-o', 'parent', '-q', 'interface'],
      ['-q', '--', 'daemon:', '-o', 'parent', 'interface'],
    ],
    [
      ['--', '-o', 'parent', 'interface'],
      ['--', '-o', 'parent', 'interface'],
    ],
    [
      ['parent-down', '--jsn'],
      ['parent-down', '--jsn'],
    ],
    [
      ['-x', 'parent-down'],
      ['-x', 'parent-down'],
    ],
    [['-'], ['-']],
    [[], []],
  ])('%j', (argv, expected) => expect(withMessageLast(argv, isFlag)).toEqual(expected));
});

describe('standard input', () => {
  it('is read whole, characters torn between two pieces too', async () => {
    const bytes = Buffer.from('„busy“');
    const pieces = Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]);
    expect(await readMessage(pieces, never)).toBe('„busy“');
  });

  it('is refused in one sentence where it is endless', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536);
      })(),
    );
    await expect(readMessage(endless, never)).rejects.toThrow(/^there is too much on standard/);
  });

  it('is refused in one sentence where it cannot be read', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('EISDIR: illegal operation on a directory, read'));
      },
    });
    await expect(readMessage(broken, never)).rejects.toThrow(/^cannot read standard input: EISDIR/);
  });

  it('is given up at a signal', async () => {
    const stop = new AbortController();
    const silent = new Readable({ read: () => setImmediate(() => stop.abort()) });
    await expect(readMessage(silent, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
