import { describe, expect, it } from 'vitest';
import { migrate, type Migration } from '../../../src/model/migrations/index.js';
import { SNAPSHOT_SCHEMA_VERSION } from '../../../src/model/snapshot.js';

const renamed: Migration = { from: 1, migrate: ({ old, ...rest }) => ({ ...rest, renamed: old }) };
const doubled: Migration = {
  from: 2,
  migrate: (it) => ({ ...it, twice: [it['renamed'], it['renamed']] }),
};

describe('migrations', () => {
  it('leave a snapshot of today as it is', () => {
    const snapshot = { schemaVersion: SNAPSHOT_SCHEMA_VERSION, facts: {} };
    expect(migrate(snapshot, SNAPSHOT_SCHEMA_VERSION)).toBe(snapshot);
  });

  it('take every step in turn, in whatever order they are listed', () => {
    const from = { schemaVersion: 1, old: 'x' };
    expect(migrate(from, 3, [doubled, renamed])).toEqual({
      schemaVersion: 3,
      renamed: 'x',
      twice: ['x', 'x'],
    });
  });

  it.each([0, 3, 1.5, Number.NaN])('lead nowhere from version %d', (schemaVersion) => {
    expect(migrate({ schemaVersion }, 2, [renamed, doubled])).toBeUndefined();
  });

  it('do not touch what they were given', () => {
    const from = Object.freeze({ schemaVersion: 1, old: 'x' });
    expect(migrate(from, 2, [renamed])).toEqual({ schemaVersion: 2, renamed: 'x' });
  });
});
