// Whole hosts, offline: a snapshot in, the report out. `UPDATE=1 npx vitest run test/golden` rewrites what is expected.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/cli/workflows/judge.js';
import { renderText } from '../../src/core/reporters/text.js';
import { widthOf } from '../../src/core/reporters/width.js';
import type { CheckResult } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';

const HOSTS = fileURLToPath(new URL('../../fixtures/hosts/', import.meta.url));
const IS_UPDATE = process.env['UPDATE'] === '1';
const PLAIN = { color: false, width: 80, verbose: false, quiet: false };
/** Long enough to be a time, the same on every machine. */
const DURATION_MS = 400;

interface Expected {
  readonly found: readonly string[];
  readonly suppressed: readonly string[];
  readonly undetermined: readonly string[];
}

function expectedOf(results: readonly CheckResult[]): Expected {
  const said = (...statuses: readonly string[]): string[] =>
    results
      .filter((result) => statuses.includes(result.status))
      .map(({ status, check, code, subject, suppressedBy }) =>
        [
          ...(statuses.length > 1 ? [status] : []),
          check,
          ...(code === undefined ? [] : [code]),
          `${subject.kind} ${subject.name}`,
          ...(suppressedBy === undefined ? [] : [`by ${suppressedBy}`]),
        ].join(' · '),
      );
  return {
    found: said('fail', 'warn', 'crashed'),
    suppressed: said('suppressed'),
    undetermined: said('undetermined'),
  };
}

/** The expectation on disk, written first when asked to. */
function onDisk(file: string, actual: string): string {
  if (IS_UPDATE) writeFileSync(file, actual);
  return readFileSync(file, 'utf8');
}

describe.each(readdirSync(HOSTS))('%s', (story) => {
  const folder = `${HOSTS}${story}/`;
  const snapshot = JSON.parse(readFileSync(`${folder}snapshot.json`, 'utf8')) as Snapshot;
  const report = judge(snapshot, { expectations: [], only: [], skip: [] }, DURATION_MS);

  it('finds what it should, and nothing else', () => {
    const found = expectedOf(report.results);
    const text = `${JSON.stringify(found, undefined, 2)}\n`;
    expect(found).toEqual(JSON.parse(onDisk(`${folder}expected.json`, text)));
  });

  it('reads well', () => {
    const text = renderText(report, PLAIN);
    expect(text).toBe(onDisk(`${folder}report.txt`, text));
    const prose = text.split('\n').filter((line) => !/^(?: {11}| {2}Undo| {9}\S)/.test(line));
    for (const line of prose) expect(widthOf(line)).toBeLessThanOrEqual(PLAIN.width);
  });
});
