import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/core/bundle/read-snapshot.js';
import type { Schema } from '../../../src/core/bundle/schema-check.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { asJson } from '../../support/as-json.js';

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../schemas/snapshot.v1.json', import.meta.url), 'utf8'),
) as Schema;
const read = (value: unknown): Snapshot => readSnapshot(JSON.stringify(value), SCHEMA);
const good = (): Snapshot => aSnapshot().parent('eth0').child('web').build();

describe('a snapshot from a stranger', () => {
  it('comes back as it was', () => {
    expect(read(good())).toEqual(asJson(good()));
  });

  it('says which facts were not collected then', () => {
    const { resolvers: _resolvers, ...facts } = good().facts;
    expect(read({ ...good(), facts }).facts.resolvers).toEqual({
      state: 'skipped',
      reason: 'not collected in this bundle',
    });
  });

  it.each([
    ['a list', [], 'it is no snapshot'],
    ['any object', {}, 'it is no snapshot'],
    ['a report', { schemaVersion: 1, results: [] }, 'it is no snapshot'],
    [
      'a later version',
      { ...good(), schemaVersion: 2 },
      'its schema is version 2, and this program reads up to version 1: a newer macvlan-doctor reads it',
    ],
    [
      'a version that never was',
      { ...good(), schemaVersion: 0.5 },
      'nothing reads version 0.5 of its schema',
    ],
    [
      'facts that are none',
      { ...good(), facts: 7 },
      'it is not as its schema says: facts is a number',
    ],
  ])('is refused when it is %s', (_name, value, sentence) => {
    expect(() => read(value)).toThrow(sentence);
  });

  it.each([
    ['beside what there is', good()],
    ['beside the facts', good().facts],
    ['in a fact', good().facts.platform],
  ])('is refused when something that nobody knows is too deep %s', (_name, place) => {
    const deep = `${'[{"a":'.repeat(100_000)}0${'}]'.repeat(100_000)}`;
    const beside = JSON.stringify(place);
    const text = JSON.stringify(good()).replace(beside, `{"later":${deep},${beside.slice(1)}`);
    expect(() => readSnapshot(text, SCHEMA)).toThrow('is nested too deeply');
  });

  it('is refused when it is damaged', () => {
    expect(() => readSnapshot('{"schemaVersion":1', SCHEMA)).toThrow('it is damaged JSON');
  });
});
