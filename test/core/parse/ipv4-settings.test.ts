import { describe, expect, it } from 'vitest';
import { IPV4_SETTINGS_FILES, parseIpv4Settings } from '../../../src/core/parse/ipv4-settings.js';
import { known, unknown } from '../../../src/model/fact.js';

const texts = IPV4_SETTINGS_FILES.map((_path, index) => known(`${(index + 1).toString()}\n`));
const told = { links: {}, all: { rp_filter: 7, proxy_arp: 8, forwarding: 9 } };

describe('IPv4 settings of a namespace', () => {
  it('are told file by file', () => {
    expect(parseIpv4Settings(texts, told)).toEqual({
      all: { ...told.all, arp_ignore: 1, arp_announce: 2, arp_filter: 3 },
      links: {},
      ignoresEcho: true,
    });
    expect(parseIpv4Settings(texts.toSpliced(3, 1, known('0\n')), told)?.ignoresEcho).toBe(false);
  });

  it.each([
    ['missing', unknown('absent', 'no')],
    ['empty', known('')],
    ['no number', known('yes\n')],
    ['several', known('1 2\n')],
  ])('are not guessed when one is %s', (_name, text) => {
    for (const index of texts.keys()) {
      expect(parseIpv4Settings(texts.toSpliced(index, 1, text), told)).toBeUndefined();
    }
    expect(parseIpv4Settings([], told)).toBeUndefined();
    expect(parseIpv4Settings(texts, { ...told, all: undefined })).toBeUndefined();
  });
});
