import { describe, expect, it } from 'vitest';
import { nftText } from '../../../../src/core/parse/filter/nft-text.js';

function match(left: unknown, right: unknown, op = '=='): unknown {
  return { match: { op, left, right } };
}

const SADDR = { payload: { protocol: 'ip', field: 'saddr' } };
const DPORT = { payload: { protocol: 'tcp', field: 'dport' } };
const FLAGS = { payload: { protocol: 'tcp', field: 'flags' } };
const FRAG = { payload: { protocol: 'ip', field: 'frag-off' } };

describe('an nftables expression as text', () => {
  it.each([
    [match(SADDR, '@blocked'), 'ip saddr @blocked'],
    [match(SADDR, { prefix: { addr: '10.0.0.0', len: 8 } }, '!='), 'ip saddr != 10.0.0.0/8'],
    [match(DPORT, { set: [22, { range: [80, 90] }] }), 'tcp dport { 22, 80-90 }'],
    [match({ ct: { key: 'state' } }, ['invalid', 'new'], 'in'), 'ct state invalid,new'],
    [match({ ct: { key: 'saddr', dir: 'original' } }, '192.0.2.1'), 'ct original saddr 192.0.2.1'],
    [match({ meta: { key: 'iifname' } }, 'eth*'), 'iifname "eth*"'],
    [match({ meta: { key: 'l4proto' } }, 'icmp'), 'meta l4proto icmp'],
    [match({ '&': [FLAGS, ['fin', 'syn']] }, 'syn'), 'tcp flags syn / fin,syn'],
    [match({ '&': [FRAG, 8191] }, 0, '!='), 'ip frag-off & 8191 != 0'],
    [
      match({ fib: { result: 'type', flags: ['saddr', 'iif'] } }, 'local'),
      'fib saddr . iif type local',
    ],
    [match({ numgen: { mode: 'random', mod: 10, offset: 0 } }, 3, '<'), 'numgen random mod 10 < 3'],
    [match({ numgen: { mode: 'inc', mod: 2, offset: 5 } }, 5), 'numgen inc mod 2 offset 5 5'],
    [match({ payload: { base: 'nh', offset: 64, len: 32 } }, 1), '@nh,64,32 1'],
    [
      match({ concat: [SADDR, DPORT] }, { set: [{ concat: ['192.0.2.1', 80] }] }),
      'ip saddr . tcp dport { 192.0.2.1 . 80 }',
    ],
    [
      match({ 'tcp option': { name: 'maxseg', field: 'size' } }, { elem: { val: 5 } }),
      'tcp option maxseg size 5',
    ],
    [
      match({ 'ip option': { name: 'rr', field: 'type' } }, { '|': [1, 2] }),
      'ip option rr type 1 | 2',
    ],
    [match({ socket: { key: 'transparent' } }, true), 'socket transparent true'],
    [
      match({ rt: { key: 'mtu' } }, { '<<': [1, { '>>': [2, { '^': [3, 4] }] }] }),
      'rt mtu 1 << 2 >> 3 ^ 4',
    ],
    [{ limit: { rate: 5, burst: 5, per: 'second' } }, 'limit rate 5/second'],
    [
      { limit: { rate: 5, burst: 7, per: 'second', inv: true } },
      'limit rate over 5/second burst 7 packets',
    ],
    [{ limit: { rate: 5, rate_unit: 'mbytes', per: 'hour' } }, 'limit rate 5 mbytes/hour'],
    [{ quota: { val: 10, val_unit: 'mbytes', inv: true } }, 'quota over 10 mbytes'],
    [{ 'ct count': { val: 5, inv: true } }, 'ct count over 5'],
    [
      { meter: { name: 'm', key: SADDR, stmt: { limit: { rate: 3, per: 'second' } } } },
      'meter m { ip saddr limit rate 3/second }',
    ],
    [
      {
        vmap: {
          key: DPORT,
          data: {
            set: [
              [22, { jump: { target: 'ssh' } }],
              [23, { goto: { target: 'no' } }],
            ],
          },
        },
      },
      'tcp dport vmap { 22 : jump ssh, 23 : goto no }',
    ],
    [{ log: { prefix: 'no: ' } }, 'log prefix "no: "'],
    [{ log: null }, 'log'],
    [{ xt: { type: 'match', name: 'comment' } }, 'xt match comment'],
    [{ xt: { type: 'target', name: 'REJECT' } }, ''],
    [{ counter: { packets: 1, bytes: 2 } }, ''],
    [{ mangle: { key: 1 } }, 'mangle'],
    [{ toString: 1 }, 'toString'],
    [{}, ''],
    [null, ''],
  ])('%j', (expression, text) => {
    expect(nftText(expression)).toBe(text);
  });

  it('is bounded in depth and in members', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = { '&': [deep, 1] };
    expect(nftText(deep)).toMatch(/^… & … & 1/);
    const wide = { set: Array.from({ length: 100_000 }, (_, port) => port) };
    expect(nftText(wide)).toMatch(/^{ 0, 1, .* 15, … }$/);
    expect(nftText(Array.from({ length: 100_000 }, () => 'a')).length).toBeLessThan(100);
  });
});
