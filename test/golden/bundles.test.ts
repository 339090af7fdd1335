// Bundles of every version there was, kept for ever: whatever becomes of the checks, what was found in them is found still.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/cli/workflows/analyze.js';
import { checks } from '../../src/core/checks/index.js';
import type { Report } from '../../src/model/report.js';

const VERSIONS = fileURLToPath(new URL('../../fixtures/bundles/', import.meta.url));
const IS_UPDATE = process.env['UPDATE'] === '1';

/** By check: its answers, sorted. */
type Verdicts = Readonly<Record<string, readonly string[]>>;

function verdictsOf({ results }: Report): Verdicts {
  const ids = [...new Set(results.map(({ check }) => check))].toSorted();
  return Object.fromEntries(
    ids.map((id) => [
      id,
      results
        .filter(({ check }) => check === id)
        .map(({ status, code, subject }) =>
          [status, ...(code === undefined ? [] : [code]), subject.kind, subject.name].join(' '),
        )
        .toSorted(),
    ]),
  );
}

const bundles = readdirSync(VERSIONS).flatMap((version) =>
  readdirSync(`${VERSIONS}${version}`)
    .filter((name) => name.endsWith('.tar.gz'))
    .map((name) => `${version}/${name}`),
);

describe.each(bundles)('%s', (bundle) => {
  it('is judged as it was when it was made', async () => {
    const verdicts = verdictsOf(
      (await analyze(`${VERSIONS}${bundle}`, { only: [], skip: [] })).report,
    );
    const file = `${VERSIONS}${bundle.replace('.tar.gz', '.verdicts.json')}`;
    if (IS_UPDATE && !existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(verdicts, undefined, 2)}\n`);
    }
    const expected = JSON.parse(readFileSync(file, 'utf8')) as Verdicts;
    const today = new Set(checks.map(({ meta }) => meta.id));
    for (const [id, answers] of Object.entries(expected)) {
      if (today.has(id)) expect({ [id]: verdicts[id] }).toEqual({ [id]: answers });
    }
    expect(Object.keys(expected).filter((id) => today.has(id)).length).toBeGreaterThan(30);
  });
});
