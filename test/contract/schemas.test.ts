// The shipped JSON Schemas against real reports and snapshots, made by the real engine.
import { Ajv, type AnySchemaObject } from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/cli/workflows/judge.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { aSnapshot } from '../support/a-snapshot.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The schema with every object closed: a field that the schema does not know must not slip through here. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map((entry) => closed(entry));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value)] as const);
  const isOpen = 'properties' in node && 'type' in node && !('additionalProperties' in node);
  return { ...Object.fromEntries(entries), ...(isOpen ? { additionalProperties: false } : {}) };
}

function errorsOf(schemaFile: string, value: unknown): unknown {
  const schema = closed(JSON.parse(readFileSync(path.join(ROOT, 'schemas', schemaFile), 'utf8')));
  const validate = new Ajv({ allErrors: true }).compile(schema as AnySchemaObject);
  const written: unknown = JSON.parse(JSON.stringify(value, undefined, 2));
  return validate(written) ? [] : validate.errors;
}

function reportOf(snapshot: Snapshot): unknown {
  return judge(snapshot, { expectations: [], only: [], skip: [] }, 412);
}

const HOSTS: readonly (readonly [string, Snapshot])[] = [
  ['a healthy host', aSnapshot().parent('eth0').child('web').child('db').build()],
  ['a parent that is down', aSnapshot().parent('eth0', { up: false }).child('web').build()],
  [
    'a shim beside children of two modes',
    aSnapshot().parent('eth0').child('a').child('b', { mode: 'vepa' }).shim('mvd-shim').build(),
  ],
  ['a host without macvlan', aSnapshot().build()],
];

describe.each(HOSTS)('%s', (_name, snapshot) => {
  it('has a snapshot as the schema says', () => {
    expect(errorsOf('snapshot.v1.json', snapshot)).toEqual([]);
  });

  it('has a report as the schema says', () => {
    expect(errorsOf('report.v1.json', reportOf(snapshot))).toEqual([]);
  });
});

it('a report with a status of its own making is refused', () => {
  const report = reportOf(aSnapshot().parent('eth0').build()) as { results: { status: string }[] };
  report.results = [{ status: 'fine' }];
  expect(errorsOf('report.v1.json', report)).not.toEqual([]);
});
