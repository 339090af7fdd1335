import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../../src/core/parse/settings/settings-file.js';

const known = new Map([
  ['run', new Set(['fail-on', 'parent', 'strict', 'timeout'])],
  ['preflight', new Set(['fail-on', 'subnet', 'strict'])],
]);

function read(text: string, command = 'run'): Readonly<Record<string, unknown>> {
  const settings = parseSettings(text, 's', { command, known });
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]));
}

describe('parseSettings', () => {
  it.each([
    ['', {}],
    ['# nothing\n', {}],
    ['fail-on: warn', { 'fail-on': 'warn' }],
    ['timeout: 500', { timeout: '500' }],
    ['strict: true\nparent: [eth0, 7]', { strict: true, parent: ['eth0', '7'] }],
    ['fail-on: warn\r\nstrict: false\r\n', { 'fail-on': 'warn', strict: false }],
    ['{"fail-on": "warn"}', { 'fail-on': 'warn' }],
    ['subnet: 192.0.2.0/24\nstrict: true', { strict: true }],
    ['run:\n  strict: true\nstrict: false', { strict: true }],
    ['preflight:\n  strict: true\nstrict: false', { strict: false }],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('a section is for its command alone, and wins over what is at the top', () => {
    const text = 'strict: false\npreflight:\n  strict: true\n  subnet: 192.0.2.0/24\n';
    expect(read(text, 'preflight')).toEqual({ strict: true, subnet: '192.0.2.0/24' });
    expect(read(text, 'run')).toEqual({ strict: false });
  });

  it('every setting has its place', () => {
    const text = 'strict: true\nrun:\n  parent:\n    - eth0\n';
    const places = parseSettings(text, 'dir/s.yaml', { command: 'run', known });
    expect(places.map(({ name, at }) => [name, at])).toEqual([
      ['strict', 'dir/s.yaml:1:9'],
      ['parent', 'dir/s.yaml:4:5'],
    ]);
  });

  it.each([
    ['fial-on: warn', 's:1:1: there is no setting fial-on here; there are fail-on, parent, strict'],
    ['run:\n  subnet: x', 's:2:3: there is no setting subnet here; there are fail-on, parent'],
    ['run: 3', 's:1:6: the section run must be a map with names'],
    ['[a]', 's:1:1: the settings must be a map with names'],
    ['timeout:\n  a: 1', 's:2:3: timeout must be a value or a list'],
    ['timeout:', 's:1:9: timeout must be a value'],
    ['parent: [[a]]', 's:1:10: parent must be a value'],
    ['strict: true\nstrict: false', 's:2:1: no YAML: Map keys must be unique'],
    ['strict: *x', 's:1:9: '],
    ['"\u001B[2J": 1', String.raw`s:1:1: there is no setting \u{1b}[2J here`],
  ])('%j is refused with its place', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
