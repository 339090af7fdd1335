import check from '../../../src/core/checks/address-refused.js';
import { withPlan } from '../../../src/core/plan/overlay.js';
import { planOfNetworks } from '../../../src/core/plan/plan-of-networks.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import type { CreateFlags } from '../../../src/core/plan/plan-of-flags.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

function asking(flags: Partial<CreateFlags>, ...ips: readonly string[]): Snapshot {
  const snapshot = aSnapshot().parent('eth0').build();
  const facts = { ...snapshot.facts, plan: known(aPlan(flags, ...ips)) };
  return { ...snapshot, facts: withPlan(facts) };
}

/** On a network that is there, with a container on it. */
function askingThere(ip: string): Snapshot {
  const snapshot = aSnapshot()
    .parent('eth0')
    .network({ name: 'lan', subnet: '192.0.2.0/24', gateway: '192.0.2.1' })
    .child('web', { address: '192.0.2.20/24', network: 'lan' })
    .build();
  const networks = valueOf(snapshot.facts.runtime)?.networks ?? [];
  const plan = planOfNetworks(networks, { ips: [ip], newMac: () => '02:00:00:00:00:01' });
  return { ...snapshot, facts: withPlan({ ...snapshot.facts, plan: known(plan) }) };
}

testCheck(check, {
  pass: [
    { name: 'an address of the range', given: asking({}, '192.0.2.200') },
    { name: 'one outside the range, and inside the subnet', given: asking({}, '192.0.2.20') },
    { name: 'a free one of a network that is there', given: askingThere('192.0.2.21') },
    { name: 'two of them', given: asking({}, '192.0.2.20', '192.0.2.21') },
  ],
  found: [
    {
      name: 'one of another subnet',
      given: asking({}, '198.51.100.20'),
      codes: ['refused'],
      says: [/does not belong to any of this network's subnets/u, /has 192\.0\.2\.0\/24/u],
    },
    {
      name: 'the gateway’s',
      given: asking({}, '192.0.2.1'),
      codes: ['refused'],
      says: [/Address already in use/u, /the gateway of the network's/u],
    },
    {
      name: 'a reserved one',
      given: asking({ auxAddresses: ['tv=192.0.2.9'] }, '192.0.2.9'),
      codes: ['refused'],
      says: [/aux-address tv/u],
    },
    {
      name: 'one that a container has',
      given: askingThere('192.0.2.20'),
      codes: ['refused'],
      says: [/Address already in use/u, /web/u],
    },
    {
      name: 'one twice',
      given: asking({}, '192.0.2.20', '192.0.2.20'),
      codes: ['refused'],
      says: [/Address already in use/u],
    },
    {
      name: 'what is no address',
      given: asking({}, 'dns'),
      codes: ['refused'],
      says: [/invalid IPv4 address: dns/u],
    },
    {
      name: 'one of a network without a subnet',
      given: asking({ subnets: [], gateways: [], ipRanges: [] }, '192.0.2.20'),
      codes: ['refused'],
      says: [/user configured subnets/u, /no subnet of the user's/u],
    },
  ],
  notApplicable: [
    { name: 'nothing is planned', given: aSnapshot().parent('eth0') },
    { name: 'nobody asks for an address', given: asking({}), reason: /asks for an address/u },
  ],
});
