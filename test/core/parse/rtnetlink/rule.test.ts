import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpRules } from '../../../../src/core/parse/ip-json.js';
import { parseRules, rulesRequest } from '../../../../src/core/parse/rtnetlink/rule.js';
import { hostileMessages, printed, recorded, valueOf } from '../../../support/netlink-bytes.js';

describe('parseRules', () => {
  it('reads recorded rules as iproute2 prints them', () => {
    const rules = parseRules(recorded('rules'));
    expect(rules).toStrictEqual([
      ...valueOf(parseIpRules(printed('rules-inet'))),
      ...valueOf(parseIpRules(printed('rules-inet6'), 'inet6')),
    ]);
    expect(rules).toEqual(
      expect.arrayContaining([
        { family: 'inet', priority: 0, src: 'all', table: 'local' },
        {
          family: 'inet',
          priority: 50,
          src: '192.0.2.0/24',
          fwmark: '0x10/0xff',
          iif: 'eth0',
          table: '100',
        },
        {
          family: 'inet',
          priority: 51,
          src: 'all',
          dst: '198.51.100.9',
          oif: 'eth0',
          action: 'prohibit',
        },
        { family: 'inet', priority: 53, src: 'all', action: 'goto' },
        { family: 'inet6', priority: 60, src: '2001:db8:7::/48', table: '100' },
      ]),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(32, recorded('rules')), (messages) => {
        for (const one of parseRules(messages)) expect(one.src).not.toBe('');
      }),
    );
  });

  it('asks for the rules of every family', () => {
    expect([...rulesRequest().subarray(4, 8)]).toEqual([34, 0, 1, 3]);
  });
});
