// The registries against the folders they list, and the ids that checks use for each other.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/core/checks/index.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

function filesIn(folder: string, suffix: string): string[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .filter((name) => name !== 'index' && name !== 'README')
    .toSorted();
}

const checkIds = checks.map(({ meta }) => meta.id);
const causesOf = new Map(checks.map(({ meta }) => [meta.id, meta.dependsOn]));

/** Every id that is met on the way from `id` to its causes. */
function causesBehind(id: string, seen = new Set<string>()): Set<string> {
  for (const cause of causesOf.get(id) ?? []) {
    if (seen.has(cause)) continue;
    seen.add(cause);
    causesBehind(cause, seen);
  }
  return seen;
}

describe('the registry of checks', () => {
  it('lists every file of its folder, under the name of the file, in order', () => {
    expect(checkIds).toEqual(filesIn('src/core/checks', '.ts'));
  });

  it('has a test file for each', () => {
    expect(filesIn('test/core/checks', '.test.ts')).toEqual(expect.arrayContaining(checkIds));
  });

  it('has a page for each and no others', () => {
    expect(filesIn('docs/checks', '.md')).toEqual(checkIds);
  });

  it.each(checks.map(({ meta }) => meta))('$id describes itself', (meta) => {
    expect(meta.id).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/);
    expect(meta.title.pass).not.toBe('');
    expect(meta.title.found).not.toBe(meta.title.pass);
    // A page that says less than this explains nothing.
    expect(meta.docs.explain.length).toBeGreaterThan(200);
    expect(meta.docs.references.length).toBeGreaterThan(0);
  });

  it.each(checks.map(({ meta }) => meta))('$id names causes that exist, and not itself', (meta) => {
    const unknown = meta.dependsOn.filter((cause) => !checkIds.includes(cause));
    expect(unknown).toEqual([]);
    expect(causesBehind(meta.id)).not.toContain(meta.id);
  });
});

describe('the registry of scenarios', () => {
  it('lists every file of its folder, under the name of the file, in order', () => {
    expect(scenarios.map(({ id }) => id)).toEqual(filesIn('src/edge/lab/scenarios', '.ts'));
  });

  it.each([...scenarios])('$id expects checks and twins that exist', (scenario) => {
    const named = [...scenario.expect.map(({ check }) => check), ...scenario.byDesign];
    const unknown = [...named, ...(scenario.mayAlso ?? [])].filter((id) => !checkIds.includes(id));
    expect(unknown).toEqual([]);
    const twins = scenario.twin === undefined ? [] : [scenario.twin];
    expect(scenarios.map(({ id }) => id)).toEqual(expect.arrayContaining(twins));
  });
});
