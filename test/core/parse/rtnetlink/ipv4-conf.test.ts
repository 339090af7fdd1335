import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpv4Confs, parseNetconf } from '../../../../src/core/parse/rtnetlink/ipv4-conf.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import { bytes, hostileMessages, recorded, text } from '../../../support/netlink-bytes.js';

const RTM_NEWLINK = 16;
const [IFLA_IFNAME, IFLA_AF_SPEC, AF_INET, INET_CONF] = [3, 26, 2, 1];

/** Attributes without a message around them. */
function attached(...list: readonly (readonly [type: number, value: Uint8Array])[]): Uint8Array {
  return request(0, new Uint8Array(), list).slice(16);
}

/** The value of setting n is n, as far as the kernel tells. */
function link(name: string, count: number): Uint8Array {
  const values = bytes(...Array.from({ length: count }, (_, at) => [4, at + 1] as const));
  const family = attached([AF_INET, attached([INET_CONF, values])]);
  return request(RTM_NEWLINK, new Uint8Array(16), [
    [IFLA_IFNAME, text(name)],
    [IFLA_AF_SPEC, family],
  ]);
}

function netconf(family: number, ...values: readonly [number, number][]): Uint8Array {
  const list = values.map(([type, value]) => [type, bytes([4, value])] as const);
  return request(80, Uint8Array.of(family, 0, 0, 0), list);
}

describe('IPv4 settings of all links together', () => {
  it('are told as far as rtnetlink knows them', () => {
    const told = netconf(2, [1, -1], [2, 1], [3, 2], [4, 9], [5, 3]);
    expect(parseNetconf([told])).toEqual({ forwarding: 1, rp_filter: 2, proxy_arp: 3 });
  });

  it('are undefined when one is missing, in another family, and when refused', () => {
    expect(parseNetconf([netconf(2, [2, 1], [3, 2])])).toBeUndefined();
    expect(parseNetconf([netconf(10, [2, 1], [3, 2], [5, 3])])).toBeUndefined();
    expect(parseNetconf([request(2, bytes([4, -95]))])).toBeUndefined();
  });
});

describe('IPv4 settings of links', () => {
  it('are read from their places in linux/ip.h', () => {
    expect(parseIpv4Confs([link('eth0', 33), link('short', 18), link('enough', 19)])).toEqual({
      eth0: {
        forwarding: 1,
        proxy_arp: 3,
        rp_filter: 8,
        arp_filter: 13,
        arp_announce: 18,
        arp_ignore: 19,
      },
      enough: expect.objectContaining({ arp_ignore: 19 }) as unknown,
    });
  });

  it('are those of every link in a recorded answer', () => {
    const confs = parseIpv4Confs(recorded('links'));
    expect(confs['eth0']).toMatchObject({ arp_ignore: 0, arp_announce: 0 });
    expect(Object.keys(confs).length).toBeGreaterThan(3);
  });

  it('survive whatever the kernel might send', () => {
    fc.assert(
      fc.property(hostileMessages(RTM_NEWLINK, recorded('links')), (messages) => {
        for (const conf of Object.values(parseIpv4Confs(messages))) {
          expect(Object.values(conf).every((value) => Number.isInteger(value))).toBe(true);
        }
      }),
    );
  });
});
