import { Parser } from '@oclif/core';
import { describe, expect, it } from 'vitest';
import Bundle from '../../src/cli/commands/bundle/index.js';
import { toldFlags } from '../../src/cli/told-flags.js';

const FLAGS = { ...Bundle.baseFlags, ...Bundle.flags };

async function told(...argv: string[]): Promise<readonly string[]> {
  const { raw } = await Parser.parse(argv, { flags: FLAGS });
  return toldFlags(raw, FLAGS);
}

describe('what a bundle says of how it was asked for', () => {
  it.each([
    [
      ['-o', '/home/ann/x.tar.gz'],
      ['--output', '…'],
    ],
    [['-o/home/ann/x.tar.gz'], ['--output', '…']],
    [
      ['--output=/home/ann/x.tar.gz', '-q'],
      ['--output', '…', '--quiet'],
    ],
    [
      ['--case', 'T-1', '--redact=strict'],
      ['--case', 'T-1', '--redact', 'strict'],
    ],
    [
      ['--parent', 'ann0', '--container', 'web', '--network=lan'],
      ['--parent', '…', '--container', '…', '--network', '…'],
    ],
    [
      ['--timeout', '500', '--expect', 'host-access', '--passive'],
      ['--timeout', '500', '--expect', 'host-access', '--passive'],
    ],
    [[], []],
  ])('%j', async (argv, expected) => {
    expect(await told(...argv)).toEqual(expected);
  });

  it('tells no value of a flag that nobody has thought of', async () => {
    const values = Object.entries(FLAGS).filter(([, { type }]) => type !== 'boolean');
    expect(values.length).toBeGreaterThan(5);
    for (const [name] of values) {
      expect(
        toldFlags([{ type: 'flag', flag: name, input: '/home/ann' }], FLAGS).join(' '),
      ).toMatch(/^--(?:(?:case|redact|timeout|expect) .*|[a-z-]+ …)$/u);
    }
    expect(await told('--preview')).toEqual(['--preview']);
  });
});
