import { describe, expect, it } from 'vitest';
import { planFormats } from '../../../src/cli/output/formats.js';

describe('planFormats', () => {
  it.each([
    [[], false, { console: 'table', files: [] }],
    [[], true, { console: 'json', files: [] }],
    [['json'], false, { console: 'json', files: [] }],
    [['json'], true, { console: 'json', files: [] }],
    [['json=r.json'], false, { console: 'table', files: [{ format: 'json', file: 'r.json' }] }],
    [
      ['junit=j.xml', 'sarif', 'sarif=s.sarif'],
      false,
      {
        console: 'sarif',
        files: [
          { format: 'junit', file: 'j.xml' },
          { format: 'sarif', file: 's.sarif' },
        ],
      },
    ],
    [['table=a=b.txt'], true, { console: 'json', files: [{ format: 'table', file: 'a=b.txt' }] }],
  ])('%o, --json %o', (wanted, isJson, expected) => {
    expect(planFormats(wanted, isJson)).toEqual(expected);
  });

  it.each([
    [['yaml'], false, 'there is no format yaml; there are table, json, markdown'],
    [['sarf=x'], false, 'there is no format sarf'],
    [['junit='], false, '--format junit= lacks the name of a file'],
    [['json='], false, '--format json= lacks the name of a file'],
    [['table'], true, 'json and table cannot both go to the console'],
    [['\u001B[2J'], false, String.raw`there is no format \u{1b}[2J`],
  ])('%o, --json %o is refused', (wanted, isJson, message) => {
    expect(() => planFormats(wanted, isJson)).toThrow(message);
  });
});
