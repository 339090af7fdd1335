import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandLines, filled, shownWording } from '../../../src/core/manual/shown.js';

describe('a wording', () => {
  it('is shown with capitals for its places', () => {
    expect(shownWording('network {other} uses {what*}')).toBe('network OTHER uses WHAT');
  });

  it('is filled with what was found, and nothing else', () => {
    expect(filled('{parent}: {reason*}, {{.Server}}', { parent: 'eth0' })).toBe(
      'eth0: REASON, {{.Server}}',
    );
  });

  it('shows what could move a cursor by its number', () => {
    expect(filled('{parent}', { parent: 'e\u001B[2J' })).toBe(String.raw`e\u{1b}[2J`);
  });
});

describe('commands', () => {
  const next = [
    ['ip', 'link'],
    ['docker', 'network', 'inspect', '{other}'],
  ];

  it('have what was found in their places', () => {
    expect(commandLines(next, { other: 'lan' })).toEqual(['ip link', 'docker network inspect lan']);
  });

  it('are left out where nothing was found, and where an option would come of it', () => {
    expect(commandLines(next, {})).toEqual(['ip link']);
    expect(commandLines(next, { other: '--format=x' })).toEqual(['ip link']);
  });

  it.each(['a b', '$(id)', "it's", 'x;reboot', '`id`', 'e\u001B[2J', 'ø\n'])(
    'pass %j on as one word',
    (other) => {
      const line = commandLines([['printf', '%s|', '{other}']], { other }).join('');
      // eslint-disable-next-line no-control-regex
      expect(line).not.toMatch(/[\u0000-\u001F]/);
      // The shell's substitution drops line breaks at the end.
      expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${other.trimEnd()}|`);
    },
  );
});
