import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_RULES } from '../../../../src/core/parse/filter/most-telling.js';
import { parseNftRuleset } from '../../../../src/core/parse/filter/nft-ruleset.js';
import { valueOf } from '../../../support/netlink-bytes.js';

const PLACE = { family: 'inet', table: 'filter' };
const CHAIN = { ...PLACE, name: 'input', type: 'filter', hook: 'input', prio: 0, policy: 'accept' };
const PING = {
  match: {
    op: '==',
    left: { payload: { protocol: 'icmp', field: 'type' } },
    right: 'echo-request',
  },
};

function rule(...expr: readonly unknown[]): object {
  return { rule: { ...PLACE, chain: 'input', handle: 1, expr } };
}

function rules(...objects: readonly unknown[]) {
  return valueOf(parseNftRuleset(JSON.stringify({ nftables: objects })));
}

describe('an nftables ruleset', () => {
  it('tells what drops and rejects, with hook and counter, and nothing else', () => {
    const seen = rules(
      { metainfo: { version: '1.0.6' } },
      { table: { ...PLACE, name: 'filter' } },
      { chain: CHAIN },
      { chain: { ...PLACE, name: 'sub' } },
      rule({ match: { op: 'in', left: { ct: { key: 'state' } }, right: 'new' } }, { accept: null }),
      rule(PING, { counter: { packets: 3, bytes: 252 } }, { drop: null }),
      rule({ reject: { type: 'tcp reset' } }),
      { rule: { ...PLACE, chain: 'sub', expr: [{ drop: null }] } },
      rule({ jump: { target: 'sub' } }),
    );
    const place = { ...PLACE, chain: 'input', hook: 'input' };
    expect(seen).toEqual([
      { ...place, verdict: 'drop', matches: 'icmp type echo-request', packets: 3 },
      { ...place, verdict: 'reject', matches: '' },
      { ...PLACE, chain: 'sub', verdict: 'drop', matches: '' },
    ]);
  });

  it('tells policies of base chains', () => {
    const drop = { ...CHAIN, policy: 'drop' };
    expect(rules({ chain: drop }, { chain: CHAIN })).toEqual([
      { ...PLACE, chain: 'input', hook: 'input', verdict: 'policy drop', matches: '' },
    ]);
    expect(rules({ chain: { ...PLACE, name: 'odd', policy: 'drop' } })).toEqual([]);
  });

  it('reads named counters of the same table', () => {
    const counter = { ...PLACE, name: 'lost', packets: 7, bytes: 0 };
    const other = { ...counter, table: 'another', packets: 8 };
    const [seen] = rules(
      { counter },
      { counter: other },
      rule({ counter: 'lost' }, { drop: null }),
    );
    expect(seen?.packets).toBe(7);
    expect(rules(rule({ counter: 'gone' }, { drop: null }))[0]).not.toHaveProperty('packets');
  });

  it('sees targets of iptables-nft, and verdict maps that drop', () => {
    const match = { xt: { type: 'match', name: 'conntrack' } };
    const target = (name: string) => ({ xt: { type: 'target', name } });
    const key = { payload: { protocol: 'ip', field: 'saddr' } };
    const map = (verdict: object) => ({ vmap: { key, data: { set: [['192.0.2.1', verdict]] } } });
    const seen = rules(
      rule(match, target('REJECT')),
      rule(target('DROP')),
      rule(target('LOG')),
      rule(map({ drop: null })),
      rule(map({ accept: null })),
    );
    expect(seen.map(({ matches, verdict }) => [matches, verdict])).toEqual([
      ['xt match conntrack', 'reject'],
      ['', 'drop'],
      ['ip saddr vmap { 192.0.2.1 : drop }', 'drop'],
    ]);
  });

  it('passes over tables that are dormant', () => {
    for (const flags of ['dormant', ['dormant']]) {
      const table = { family: 'inet', name: 'filter', flags };
      expect(
        rules({ table }, { chain: { ...CHAIN, policy: 'drop' } }, rule({ drop: null })),
      ).toEqual([]);
    }
  });

  it.each([
    ['', /not JSON/],
    ['{"nftables": [', /not JSON/],
    ['[]', /not a ruleset/],
    ['{"nftables": {}}', /not a ruleset/],
    ['null', /not a ruleset/],
  ])('is refused when it is none: %j', (text, reason) => {
    const fact = parseNftRuleset(text);
    expect(fact).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(reason) as string,
    });
  });

  it('is bounded, and keeps policies and the rules that counted most', () => {
    const many = Array.from({ length: 10_000 }, (_, packets) =>
      rule({ counter: { packets, bytes: 0 } }, { drop: null }),
    );
    const seen = rules({ chain: { ...CHAIN, policy: 'drop' } }, ...many);
    expect(seen).toHaveLength(MOST_RULES);
    expect(seen[0]?.verdict).toBe('policy drop');
    expect(seen.at(-1)?.packets).toBe(9999);
    expect(seen[1]?.packets).toBe(10_000 - MOST_RULES + 1);
  });

  it('survives wrong types, hostile names and damage of every kind', () => {
    const good = JSON.stringify({ nftables: [{ chain: CHAIN }, rule(PING, { drop: null })] });
    const cut = fc.nat(good.length).map((at) => good.slice(0, at));
    const member = fc.constantFrom('chain', 'rule', 'table', 'counter', '__proto__', 'constructor');
    const statement = fc.constantFrom(
      'match',
      'payload',
      'meta',
      'vmap',
      'set',
      'xt',
      'limit',
      'drop',
      'counter',
      'toString',
    );
    const noise = fc
      .array(
        fc.dictionary(
          member,
          fc.dictionary(
            fc.constantFrom('expr', 'name', 'table', 'family', 'chain', 'hook'),
            fc.anything(),
          ),
        ),
      )
      .map((nftables) => JSON.stringify({ nftables }));
    const odd = fc
      .array(fc.dictionary(statement, fc.jsonValue()))
      .map((expr) => JSON.stringify({ nftables: [rule(...expr, { drop: null })] }));
    fc.assert(
      fc.property(fc.oneof(cut, noise, odd, fc.string()), (text) => {
        const fact = parseNftRuleset(text);
        if (fact.state !== 'known') return;
        for (const { family, matches, packets = 0 } of fact.value) {
          expect(typeof family).toBe('string');
          expect(matches.length).toBeLessThanOrEqual(201);
          expect(packets).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
