import { Ajv, type AnySchemaObject } from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { misfitOf, type Schema } from '../../../src/core/bundle/schema-check.js';
import { anySnapshot } from '../../support/any-snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { asJson } from '../../support/as-json.js';

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../schemas/snapshot.v1.json', import.meta.url), 'utf8'),
) as AnySchemaObject & Schema;
const validate = new Ajv().compile(SCHEMA);

/** Places in a value, deepest last: keys from the top. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]));
  return [path, ...below];
}

/** A copy in which something else stands at one place, or nothing. */
function changed(value: unknown, path: readonly string[], to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  const copy = (
    Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  ) as Record<string, unknown>;
  copy[key] = changed(copy[key], rest, to);
  return copy;
}

describe('a snapshot against its schema', () => {
  it('fits as it comes from any host', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(misfitOf(asJson(snapshot), SCHEMA)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('is judged as a full validator judges it, whatever is changed in it', () => {
    const other = fc.constantFrom<unknown>(
      undefined,
      null,
      7,
      -0.5,
      '',
      'known',
      true,
      [],
      {},
      [{}],
      { state: 'known' },
    );
    fc.assert(
      fc.property(anySnapshot, fc.nat(), other, (snapshot, at, to) => {
        const plain: unknown = asJson(snapshot);
        const places = placesIn(plain);
        const wrong = changed(plain, places[at % places.length] ?? [], to) ?? null;
        // Ajv ends a record at nothing; ours agrees in all that JSON can say.
        expect(misfitOf(asJson(wrong), SCHEMA) === undefined).toBe(validate(asJson(wrong)));
      }),
      { numRuns: 300 },
    );
  });

  const plain = (): unknown => asJson(aSnapshot().parent('eth0').child('web').build());

  it.each([
    [
      ['facts', 'platform', 'value', 'hostname'],
      7,
      'facts.platform.value.hostname is a number and should be string',
    ],
    [
      ['facts', 'namespaces', 'value', '0', 'inode'],
      null,
      'facts.namespaces.value[0].inode is null and should be number',
    ],
    [['facts', 'namespaces', 'value', '0', 'content', 'value', 'links'], undefined, 'lacks links'],
    [['observations'], {}, 'observations is an object and should be array'],
    [['facts', 'runtime', 'state'], 'maybe', 'facts.runtime has none of the forms it may have'],
    [['takenAt'], undefined, 'it lacks takenAt'],
    [['schemaVersion'], 2, 'schemaVersion is none of the values there are'],
  ])('says where it does not fit: %j', (path, to, sentence) => {
    expect(misfitOf(asJson(changed(plain(), path, to)), SCHEMA)).toContain(sentence);
  });

  it('takes no number that JSON can write and arithmetic cannot hold', () => {
    const huge: unknown = JSON.parse('{"a":1e999}');
    expect(misfitOf(huge, { type: 'object', properties: { a: { type: 'number' } } })).toBe(
      'a is too large a number and should be number',
    );
  });

  it('takes no key that would change the object it stands in', () => {
    const odd: unknown = JSON.parse('{"__proto__":{"a":1}}');
    expect(misfitOf(odd, { type: 'object', additionalProperties: { type: 'number' } })).toContain(
      'a key that no object may have',
    );
  });
});
