import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../../src/core/derive/probing/sweep-range.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import { withPlan } from '../../../src/core/plan/overlay.js';
import type { CreateFlags } from '../../../src/core/plan/plan-of-flags.js';
import { planSweeps } from '../../../src/core/plan/sweep-plan.js';
import { known } from '../../../src/model/fact.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';

const SCOPE = { parents: [], networks: ['lan'], containers: [] };

function sweeps(
  flags: Partial<CreateFlags>,
  more: { host?: SnapshotBuilder; isTold?: boolean; isSuggesting?: boolean },
) {
  const {
    host = aSnapshot().parent('eth0', { address: '192.0.2.10/24' }),
    isTold = false,
    isSuggesting = false,
  } = more;
  const facts = withPlan({ ...host.build().facts, plan: known(aPlan(flags)) });
  return planSweeps(buildTopology({ facts, scope: SCOPE }), facts, { isTold, isSuggesting });
}

describe('what is asked through', () => {
  it('is the range, but for whom the engine and this host know', () => {
    const flags = { ipRanges: ['192.0.2.8/29'], auxAddresses: ['tv=192.0.2.12'] };
    const [step, ...others] = sweeps(flags, {}).steps;
    expect(others).toEqual([]);
    expect(step).toMatchObject({ parent: 'eth0', range: '192.0.2.8/29' });
    // .8 is the planned container's own, .10 the host's.
    expect(step === undefined ? [] : [...addressesOf(step)]).toEqual(
      [9, 11, 13, 14, 15].map((last) => `192.0.2.${last.toString()}`),
    );
  });

  it('is the whole subnet where there is no range, without its ends', () => {
    const [step] = sweeps({ ipRanges: [] }, {}).steps;
    const asked = step === undefined ? [] : [...addressesOf(step)];
    expect([asked[0], asked.at(-1), asked.length]).toEqual(['192.0.2.3', '192.0.2.254', 251]);
  });

  it.each([
    ['a /24', '192.0.2.0/24', [], ['192.0.2.0/24']],
    ['a /23 with a range', '192.0.2.0/23', ['192.0.3.0/26'], ['192.0.3.0/26']],
    ['a /31', '192.0.2.4/31', [], ['192.0.2.4/31']],
    ['an IPv6 subnet', '2001:db8::/64', [], []],
    ['a range of elsewhere', '192.0.2.0/24', ['203.0.113.0/24'], []],
  ] as const)('is no more than that: %s', (_what, subnet, ipRanges, asked) => {
    const { steps, left } = sweeps({ subnets: [subnet], gateways: [], ipRanges }, {});
    expect(steps.map(({ range }) => range)).toEqual(asked);
    expect(left).toEqual([]);
  });

  it.each([
    ['192.0.2.0/23', /^510 addresses; --sweep asks them all, in about 3 s$/u],
    ['10.0.0.0/8', /^16777214 addresses; --sweep asks for 65536 at the most/u],
  ])('is nothing of %s, untold', (subnet, why) => {
    const { steps, left } = sweeps({ subnets: [subnet], gateways: [], ipRanges: [] }, {});
    expect(steps).toEqual([]);
    expect(left).toMatchObject([{ range: subnet, sent: 0 }]);
    expect(left[0]?.error).toMatch(why);
  });

  it('is any range with --sweep', () => {
    const { steps, left } = sweeps({ subnets: ['10.0.0.0/8'], gateways: [] }, { isTold: true });
    expect([steps.length, left.length]).toEqual([0, 0]);
    const large = { subnets: ['10.0.0.0/8'], gateways: [], ipRanges: [] };
    expect(sweeps(large, { isTold: true }).steps).toMatchObject([
      { first: 0x0a_00_00_01, last: 0x0a_ff_ff_fe },
    ]);
  });

  it.each([
    ['192.0.2.0/24', false, ['192.0.2.0/24']],
    ['192.0.0.0/22', false, ['192.0.3.0/24', '192.0.2.0/28']],
    ['192.0.0.0/22', true, ['192.0.0.0/22']],
    ['10.0.0.0/8', true, ['10.255.0.0/16', '10.0.2.0/28']],
  ])('is the upper end of %s as well where a range is sought', (subnet, isTold, asked) => {
    const low = subnet.startsWith('10') ? '10.0.2.0/28' : '192.0.2.0/28';
    const flags = { subnets: [subnet], gateways: [], ipRanges: [low] };
    const { steps } = sweeps(flags, { isTold, isSuggesting: true });
    expect(steps.map(({ range }) => range)).toEqual(asked);
  });

  it.each([
    ['a link that is down', aSnapshot().parent('eth0', { up: false }), {}, /down/u],
    ['a VLAN link to be made', aSnapshot().parent('eth0'), { parent: 'eth0.7' }, /not there yet/u],
    [
      'a user without rights',
      aSnapshot()
        .parent('eth0')
        .platform({
          privileges: { canEnterNamespaces: false, canOpenRawSockets: false, isRoot: false },
        }),
      {},
      /takes root/u,
    ],
  ])('waits for %s', (_what, host, flags, why) => {
    const { steps, left } = sweeps(flags, { host });
    expect(steps).toEqual([]);
    expect(left[0]?.error).toMatch(why);
  });
});
