import { describe, expect, it } from 'vitest';
import { parseBaseline } from '../../../../src/core/parse/settings/baseline-file.js';

const ENTRY = `  - check: parent-down
    code: down
    subject: { kind: parent, name: eth0 }
    reason: the cable comes next week
    expires: 2026-01-31
`;
const HEAD = 'schemaVersion: 1\naccepted:\n';
const WHOLE = HEAD + ENTRY;

describe('parseBaseline', () => {
  it('reads YAML and JSON alike', () => {
    const entry = {
      check: 'parent-down',
      code: 'down',
      subject: { kind: 'parent', name: 'eth0' },
      reason: 'the cable comes next week',
      expires: '2026-01-31',
    };
    const expected = { schemaVersion: 1, accepted: [entry] };
    expect(parseBaseline(WHOLE, 'b.yaml')).toEqual(expected);
    expect(parseBaseline(WHOLE.replaceAll('\n', '\r\n'), 'b.yaml')).toEqual(expected);
    expect(parseBaseline(JSON.stringify(expected), 'b.json')).toEqual(expected);
  });

  it('takes a fingerprint and a severity', () => {
    const text = `${WHOLE}    fingerprint: 0a1b\n    severity: warn\n`;
    expect(parseBaseline(text, 'b').accepted[0]).toMatchObject({
      fingerprint: '0a1b',
      severity: 'warn',
    });
  });

  const without = (name: string): string => WHOLE.replace(new RegExp(`^ *${name}:.*\\n`, 'm'), '');
  it.each([
    ['', 'b:1:1: a baseline must be a map with names'],
    ['- a', 'b:1:1: a baseline must be a map with names'],
    ['accepted: []', 'b:1:1: a baseline lacks schemaVersion'],
    ['schemaVersion: 2\naccepted: []', 'b:1:16: this version reads schemaVersion 1 only'],
    ['schemaVersion: 1', 'b:1:1: a baseline lacks accepted'],
    ['schemaVersion: 1\naccepted: x', 'b:2:11: accepted must be a list'],
    ['schemaVersion: 1\nacepted: []', 'b:2:1: a baseline has no acepted; there are schemaVersion'],
    [`${WHOLE}    until: 2026-01-31\n`, 'b:8:5: an accepted finding has no until; there are'],
    [without('reason'), 'b:3:5: an accepted finding lacks reason'],
    [without('expires'), 'b:3:5: an accepted finding lacks expires'],
    [WHOLE.replace('2026-01-31', '2026-02-30'), 'b:7:14: expires must be a day of the calendar'],
    [WHOLE.replace('2026-01-31', 'never'), 'b:7:14: expires must be a day of the calendar'],
    [WHOLE.replace('the cable comes next week', '""'), 'b:6:13: reason must be a text'],
    [WHOLE.replace('name: eth0', 'name: 7'), 'b:5:36: name must be a text (put it in quotes)'],
    [WHOLE.replace('kind: parent', 'kind: door'), 'b:5:22: kind must be one of host, parent'],
    [WHOLE.replace('code: down', 'code: *x'), 'b:4:11: '],
    ['a: 1\na: 2', 'b:2:1: no YAML: Map keys must be unique'],
    ['a: [1', 'b:1:6: no YAML: '],
    ['? [1]\n: 2', 'b:1:3: a key must be a name'],
    ['a: "x', 'b:1:6: no YAML: '],
  ])('%j is refused with its place', (text, message) => {
    expect(() => parseBaseline(text, 'b')).toThrow(message);
  });

  it('a bomb of aliases is refused at the first one', () => {
    const bomb = ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]', 'd: [*c, *c]'];
    expect(() => parseBaseline(bomb.join('\n'), 'b')).toThrow('b:2:8: an alias (*) is not read');
  });
});
