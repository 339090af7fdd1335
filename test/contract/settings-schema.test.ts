// The shipped JSON Schema of the settings file, against what the program itself takes and refuses.
import { Ajv, type AnySchemaObject } from 'ajv';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = path.resolve(import.meta.dirname, '../..');

function isTaken(text: string): boolean {
  const file = path.join(ROOT, 'schemas/settings.v1.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
  const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);
  return isValid(parse(text)) === true;
}

describe('the schema of macvlan-doctor.yaml', () => {
  it('takes the example of the README', () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const [, example = ''] = /```yaml\n(# macvlan-doctor\.yaml\n[^]*?)```/u.exec(readme) ?? [];
    expect(example).toContain('fail-on: warn');
    expect(isTaken(example)).toBe(true);
  });

  it.each([
    ['nothing', '# later\n', true],
    ['one for a list', 'expect: host-access\n', true],
    ['a number', 'timeout: 300\n', true],
    ['a section', 'preflight:\n  parent: eth0\n  subnet: [192.0.2.0/24]\n', true],
    ['a check', 'skip: [mode-private]\n', true],
    ['a check that there is not', 'skip: [mode-privat]\n', false],
    ['an expectation that there is not', 'expect: [peace]\n', false],
    ['a name that there is not', 'fail_on: warn\n', false],
    ['a flag of another command in a section', 'run:\n  compose: [compose.yaml]\n', false],
    ['what belongs to one call', 'save: snapshot.json\n', false],
    ['a text where a switch is', 'strict: "yes"\n', false],
    ['a word that a flag does not have', 'fail-on: never\n', false],
  ])('and of %s says what the program says', (_what, text, expected) => {
    expect(isTaken(text)).toBe(expected);
  });
});
