// Our own sentences are no leak, whatever a container or a process is called; in what was only seen, the same word is one.
import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/cli/workflows/judge.js';
import { LeakScan } from '../../../src/core/redact/leak/leak-scan.js';
import { isOwnWord } from '../../../src/core/redact/leak/vocabulary.js';
import { isTelling } from '../../../src/core/redact/prose/common-words.js';
import { redactSnapshot } from '../../../src/core/redact/redact-snapshot.js';
import { renderJson } from '../../../src/core/reporters/json.js';
import { renderText } from '../../../src/core/reporters/text.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';

const HOSTS = path.resolve(import.meta.dirname, '../../../fixtures/hosts');
const ALL = { expectations: [], only: [], skip: [] };
const VERBOSE = { color: false, width: 80, verbose: true, quiet: false };

function scanOf(...names: readonly string[]): LeakScan {
  const builder = aSnapshot().parent('eth0');
  for (const name of names) builder.child(name);
  const { originals, map } = redactSnapshot(builder.build(), { mode: 'prefix', prf: keyed('k') });
  return new LeakScan(originals, map);
}

describe('a container that is called as a word of ours', () => {
  const scan = scanOf('guard', 'source-guard', 'xeno-shop');
  const ours = (text: string) => scan.inBytes(Buffer.from(text), { isOurs: true })?.kind;
  const seen = (text: string) => scan.inBytes(Buffer.from(text))?.kind;

  it.each(['look for IP source guard on the switch', 'Guard!', 'the source-guard of the port'])(
    'is not found in our own sentences: %s',
    (text) => {
      expect(ours(text)).toBeUndefined();
      expect(seen(text)).toBe('a name');
    },
  );

  it('is found where another name stands beside it', () => {
    expect(ours('guard xeno-shop')).toBe('a name');
    expect(ours('xeno-shop')).toBe('a name');
  });
});

it('no word of a golden report is missing that a name could be', () => {
  const hosts = readdirSync(HOSTS, { withFileTypes: true }).filter((one) => one.isDirectory());
  const missing = hosts.flatMap(({ name }) => {
    const facts = readFileSync(path.join(HOSTS, name, 'snapshot.json'), 'utf8');
    const report = judge(JSON.parse(facts) as Snapshot, ALL, 0);
    const theirs = new Set(wordsIn(facts));
    const words = wordsIn(unescaped(renderJson(report)) + renderText(report, VERBOSE));
    return words.filter((word) => !theirs.has(word) && isTelling(word) && !isOwn(word));
  });
  expect(hosts.length).toBeGreaterThan(10);
  expect([...new Set(missing)]).toEqual([]);
});

function isOwn(word: string): boolean {
  return isOwnWord(word) || FINGERPRINT.test(word);
}

const FINGERPRINT = /^[\da-f]{32}$/u;

/** Lines of files are lines, and a word that was cut is none. */
function unescaped(json: string): string {
  return json.replaceAll(String.raw`\n`, ' ');
}

/** Runs of letters and digits that begin with a letter: what is found as a whole. */
function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}]{2,}(?!…)/gu) ?? [];
}
