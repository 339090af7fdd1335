// A container may be called as a word of our own commands is: such a name tells nobody apart, and is no leak.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isTelling } from '../../../src/core/redact/prose/common-words.js';
import { judge } from '../../../src/cli/workflows/judge.js';
import type { Snapshot } from '../../../src/model/snapshot.js';

const EVERYTHING = { expectations: [], only: [], skip: [] };
const HOSTS = path.resolve(import.meta.dirname, '../../../fixtures/hosts');

function textOf(host: string, file: string): string {
  return readFileSync(path.join(HOSTS, host, file), 'utf8');
}

/** Words of the commands in a golden report that are nothing of that host. */
function ownWords(host: string): string[] {
  const facts = textOf(host, 'snapshot.json');
  const { results } = judge(JSON.parse(facts) as Snapshot, EVERYTHING, 0);
  const commands = results.flatMap(({ fixes = [], advice = [] }) => [
    ...fixes.flatMap((fix) => [...fix.commands, ...fix.undo]),
    ...advice.flatMap((text) => [...text.matchAll(/`([^`]+)`/gu)].map(([, code]) => code ?? '')),
  ]);
  const words = commands.flatMap(
    (command) => command.match(/(?<![\w./-])[a-z]{3,}(?![\w./-])/gu) ?? [],
  );
  return words.filter((word) => !facts.includes(`"${word}"`));
}

it('no word of our commands is searched for as a name', () => {
  const words = new Set(
    readdirSync(HOSTS, { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .flatMap(({ name }) => ownWords(name)),
  );
  expect(words.size).toBeGreaterThan(10);
  expect([...words].filter((word) => isTelling(word))).toEqual([]);
});

it.each(['exec', 'insert', 'ruleset', 'sysctl', 'nsenter', 'replace'])(
  '%s is a word of commands',
  (word) => {
    expect(isTelling(word)).toBe(false);
  },
);
