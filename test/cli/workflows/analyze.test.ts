import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/cli/workflows/analyze.js';
import { judge } from '../../../src/cli/workflows/judge.js';
import { misfitOf, type Schema } from '../../../src/core/bundle/schema-check.js';
import { renderText } from '../../../src/core/reporters/text.js';
import { packArchive } from '../../../src/edge/bundle/archive.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { anySnapshot } from '../../support/any-snapshot.js';
import { asJson } from '../../support/as-json.js';

const HOSTS = fileURLToPath(new URL('../../../fixtures/hosts/', import.meta.url));
const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../schemas/snapshot.v1.json', import.meta.url), 'utf8'),
) as Schema;
const ALL = { only: [], skip: [] };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvd-analyze-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: Uint8Array | string): string {
  const file = path.join(folder, 'it');
  writeFileSync(file, content);
  return file;
}

describe.each(readdirSync(HOSTS))('%s', (story) => {
  it('is judged from a file as it was judged on the spot', async () => {
    const text = readFileSync(`${HOSTS}${story}/snapshot.json`, 'utf8');
    const live = judge(JSON.parse(text) as Snapshot, { ...ALL, expectations: [] }, 0);
    const { report: bare } = await analyze(fileOf(text), ALL);
    const files = [{ path: 'facts/snapshot.json', bytes: Buffer.from(text) }];
    const { report: bundled } = await analyze(fileOf(await packArchive('b', files)), ALL);
    // Golden hosts of old lack facts that are gathered today; that is all there is between the two.
    const inWordsOfARun = JSON.stringify(bare.results).replaceAll(
      'not collected in this bundle',
      'not read in this run',
    );
    expect(JSON.parse(inWordsOfARun)).toEqual(asJson(live.results));
    expect(bundled).toEqual(bare);
  });
});

const LEAF = fc.constantFrom<unknown>(
  '',
  '999.1.1.1',
  '::',
  '0.0.0.0/0',
  '192.0.2.1/99',
  'constructor',
  '__proto__',
  'eth0',
  '\u001B[2J',
  'zz:zz',
  'ff:ff:ff:ff:ff:ff',
  'a'.repeat(3000),
  -1,
  1e308,
  0.5,
  0,
  33,
  129,
  true,
  false,
);

function leavesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, one]) => leavesIn(one, [...at, key]));
}

function put(value: unknown, at: readonly string[], to: unknown): void {
  const [key = '', ...rest] = at;
  const place = value as Record<string, unknown>;
  if (rest.length > 0) put(place[key], rest, to);
  else if (typeof place[key] === typeof to) place[key] = to;
}

it('facts that contradict themselves crash nothing and move no cursor', () => {
  const change = fc.tuple(fc.nat(), LEAF);
  fc.assert(
    fc.property(
      anySnapshot,
      fc.array(change, { minLength: 1, maxLength: 25 }),
      (given, changes) => {
        const snapshot = asJson(given);
        const leaves = leavesIn(snapshot);
        for (const [at, to] of changes) put(snapshot, leaves[at % leaves.length] ?? [], to);
        fc.pre(misfitOf(snapshot, SCHEMA) === undefined);
        const report = judge(snapshot as Snapshot, { ...ALL, expectations: [] }, 0);
        expect(report.results.filter(({ status }) => status === 'crashed')).toEqual([]);
        const text = renderText(report, { color: false, width: 80, verbose: true, quiet: false });
        expect(text).not.toContain('\u001B');
      },
    ),
    { numRuns: 150 },
  );
});
