import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iniValue, parseIni } from '../../../../src/core/parse/config/ini.js';

describe('parseIni', () => {
  it('reads sections, repeated keys, comments and continued lines', () => {
    const text = '# c\nA=1\n[S]\n; c\nK = a = b \nK=2\\\n 3\nnonsense\n=x\n[T]\r\nK=4\r\n';
    expect(parseIni(text)).toEqual([
      { section: '', key: 'A', value: '1' },
      { section: 'S', key: 'K', value: 'a = b' },
      { section: 'S', key: 'K', value: '2  3' },
      { section: 'T', key: 'K', value: '4' },
    ]);
    expect(iniValue(parseIni(text), 'S', 'K')).toBe('2  3');
    expect(iniValue(parseIni(text), 'S', 'L')).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseIni(text)).toBeInstanceOf(Array);
      }),
    );
  });
});
