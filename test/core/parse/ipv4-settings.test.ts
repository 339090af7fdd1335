import { describe, expect, it } from 'vitest';
import { IPV4_SETTINGS_FILES, parseIpv4Settings } from '../../../src/core/parse/ipv4-settings.js';
import { known, unknown } from '../../../src/model/fact.js';

const texts = IPV4_SETTINGS_FILES.map((_path, index) => known(`${index.toString()}\n`));

describe('IPv4 settings of a namespace', () => {
  it('are told file by file', () => {
    expect(parseIpv4Settings(texts, {})).toEqual({
      all: {
        rp_filter: 0,
        arp_ignore: 1,
        arp_announce: 2,
        arp_filter: 3,
        proxy_arp: 4,
        forwarding: 5,
      },
      links: {},
      ignoresEcho: true,
    });
    expect(IPV4_SETTINGS_FILES[5]).toBe('/proc/sys/net/ipv4/conf/all/forwarding');
  });

  it.each([
    ['missing', unknown('absent', 'no')],
    ['empty', known('')],
    ['no number', known('yes\n')],
    ['several', known('1 2\n')],
  ])('are not guessed when one is %s', (_name, text) => {
    for (const index of texts.keys()) {
      expect(parseIpv4Settings(texts.toSpliced(index, 1, text), {})).toBeUndefined();
    }
    expect(parseIpv4Settings([], {})).toBeUndefined();
  });
});
