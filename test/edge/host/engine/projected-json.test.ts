import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonReader } from '../../../../src/edge/host/engine/projected-json.js';
import type { Projection } from '../../../../src/model/projection.js';

/** The text in pieces of so many bytes. */
function read(text: string, projection: Projection, piece = 7, mostKept?: number): unknown {
  const reader = createJsonReader(projection, mostKept);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.write(bytes.subarray(at, at + piece));
  return reader.end();
}

const KEY = fc.constantFrom('a', 'b', 'é', '__proto__', '"');
const { VALUE } = fc.letrec((tie) => ({
  VALUE: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('VALUE'), { maxLength: 4 }),
    fc.dictionary(KEY, tie('VALUE'), { maxKeys: 4 }),
  ),
})) as { VALUE: fc.Arbitrary<unknown> };
const { PROJECTION } = fc.letrec((tie) => ({
  PROJECTION: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('value', 'presence'),
    fc.record({ list: tie('PROJECTION') }),
    fc.record(
      { fields: fc.dictionary(KEY, tie('PROJECTION')), others: tie('PROJECTION') },
      { requiredKeys: [] },
    ),
  ),
})) as { PROJECTION: fc.Arbitrary<Projection> };

const PLACE: Projection = {
  list: { fields: { name: 'value', ports: { others: 'presence' }, inner: { list: 'value' } } },
};

describe('createJsonReader', () => {
  it('keeps what is allowed, and nothing else', () => {
    const text = JSON.stringify([
      { name: 'web', env: ['A=secret'], ports: { '80/tcp': { a: ['secret'] }, '81/tcp': null } },
      { env: { name: 'secret' }, inner: ['a', ['secret'], { b: 'secret' }, 'c'], name: 'db' },
    ]);
    expect(read(text, PLACE)).toEqual([
      { name: 'web', ports: { '80/tcp': true, '81/tcp': true } },
      { inner: ['a', 'c'], name: 'db' },
    ]);
  });

  it.each([
    ['a list where a text is allowed', '[{"name": ["secret"]}]', [{}]],
    ['an object where a text is allowed', '[{"name": {"name": "secret"}}]', [{}]],
    ['a text where a list is allowed', '[{"inner": "secret"}]', [{}]],
    ['an object where a list is allowed', '[{"inner": {"0": "secret"}}]', [{}]],
    ['a list where an object is allowed', '[{"ports": ["secret"]}]', [{}]],
    ['an object for the whole', '{"name": "secret"}', undefined],
    ['a text for the whole', '"secret"', undefined],
  ])('drops %s', (_name, text, kept) => {
    expect(read(text, PLACE)).toEqual(kept);
  });

  it('takes __proto__ and constructor for names like any other', () => {
    const kept = read('{"__proto__": {"a": 1}, "constructor": {"a": 2}}', {
      others: { fields: { a: 'value' } },
    });
    expect(Object.entries(kept as object)).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', { a: 2 }],
    ]);
    expect(read('{"toString": 1, "b": 2}', { fields: { b: 'value' } })).toEqual({ b: 2 });
  });

  it('takes white space after the end, as engines send it', () => {
    expect(read('{"a":1}\n', { others: 'value' })).toEqual({ a: 1 });
    expect(read('{"a":1}\n \n', { others: 'value' }, 100)).toEqual({ a: 1 });
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{1:2}',
    '{,}',
    '[1 2]',
    '[}',
    '{]',
    ']',
    ',',
    ':',
    '"abc',
    'nul',
    'hello',
    '[1:2]',
    '["\u0001"]',
    '{"a":"b"',
  ])('takes %j for no JSON', (text) => {
    for (const piece of [1, 100]) {
      expect(() => read(text, { others: 'value' }, piece)).toThrow('something that is not JSON');
      expect(() => JSON.parse(text) as unknown).toThrow();
    }
  });

  it('does not go down without end, also where nothing is kept', () => {
    const deep = '['.repeat(100_000);
    expect(() => read(deep, 'value', 4096)).toThrow('nested too deeply');
    expect(() => read(`{"a":${'{"a":'.repeat(100)}`, 'presence')).toThrow('nested too deeply');
    expect(read(`${'['.repeat(60)}${']'.repeat(60)}`, 'value')).toBeUndefined();
  });

  it('does not keep without end', () => {
    expect(() => read('[1,2,3,4]', { list: 'value' }, 4, 4)).toThrow('more than 4 values');
    expect(read('[[1,2,3,4],5]', { list: 'value' }, 4, 4)).toEqual([5]);
  });

  it('keeps the same as if the whole had been read first, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(VALUE, PROJECTION, fc.integer({ min: 1, max: 40 }), (given, allowed, piece) => {
        const text = JSON.stringify(given, null, piece % 2);
        // What was written: -0 is 0 on paper.
        expect(read(text, allowed, piece)).toEqual(keep(JSON.parse(text), allowed));
      }),
      { numRuns: 500 },
    );
  });

  it('throws nothing but its own complaint, whatever comes', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.json().map((text) => text.slice(0, -1)),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '1', 'true', ' '), {
          maxLength: 12,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 9 }), (text, piece) => {
        let complaint: unknown;
        try {
          read(text, { others: 'value' }, piece);
        } catch (error) {
          complaint = error;
        }
        if (isJson(text)) expect(complaint).toBeUndefined();
        else expect(complaint).toMatchObject({ name: 'JsonError' });
      }),
    );
  });
});

/** The plain way to do it. */
function keep(value: unknown, allowed: Projection): unknown {
  if (allowed === 'presence') return true;
  const isWhole = typeof value === 'object' && value !== null;
  if (allowed === 'value') return isWhole ? undefined : value;
  if (!isWhole || Array.isArray(value) !== 'list' in allowed) return undefined;
  if ('list' in allowed) {
    return (value as unknown[])
      .map((one) => keep(one, allowed.list))
      .filter((one) => one !== undefined);
  }
  const kept = Object.entries(value).flatMap(([key, one]) => {
    const inner = new Map(Object.entries(allowed.fields ?? {})).get(key) ?? allowed.others;
    const left = inner === undefined ? undefined : keep(one, inner);
    return left === undefined ? [] : [[key, left] as const];
  });
  return Object.fromEntries(kept);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
