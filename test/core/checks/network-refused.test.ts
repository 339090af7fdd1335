import check from '../../../src/core/checks/network-refused.js';
import { known } from '../../../src/model/fact.js';
import type { Plan, PlannedNetwork } from '../../../src/model/plan.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const host = (): SnapshotBuilder =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'there', gateway: '192.0.2.2', ipRange: '192.0.2.0/28' });
const planned = (plan: Plan): SnapshotBuilder => host().fact('plan', known(plan));

/** As a Compose file may have it, which no client sorts out before the engine sees it. */
function composed(change: Partial<PlannedNetwork>): SnapshotBuilder {
  const plan = aPlan();
  return planned({ ...plan, networks: plan.networks.map((one) => ({ ...one, ...change })) });
}

const SUBNET = '198.51.100.0/24';

testCheck(check, {
  pass: [
    { name: 'a network as it should be', given: planned(aPlan()) },
    { name: 'each mode that Docker has', given: planned(aPlan({ mode: 'passthru' })) },
    { name: 'a plug-in', given: planned(aPlan({ driver: 'vendor/driver:latest' })) },
    {
      name: 'an external one that is there',
      given: composed({ name: 'there', isExternal: true }),
    },
    {
      name: 'an external one where no engine answers',
      given: aSnapshot()
        .parent('eth0')
        .fact(
          'plan',
          known({ ...aPlan(), networks: [{ ...networkOf(aPlan()), isExternal: true }] }),
        ),
    },
  ],
  found: [
    {
      name: 'a gateway that no subnet has',
      given: planned(aPlan({ gateways: ['198.51.100.1'] })),
      codes: ['refused'],
      subjects: ['network lan'],
      says: [/no matching subnet for gateway 198\.51\.100\.1/u],
    },
    {
      name: 'the same in a Compose file',
      given: composed({ pools: [{ subnet: SUBNET, gateway: '192.0.2.1', auxAddresses: {} }] }),
      codes: ['refused'],
      says: [/invalid gateway 192\.0\.2\.1: parent subnet 198\.51\.100\.0\/24/u],
    },
    {
      name: 'the gateway of a network that has the same subnet',
      given: composed({
        pools: [
          {
            subnet: '192.0.2.0/24',
            gateway: '192.0.2.2',
            ipRange: '192.0.2.64/26',
            auxAddresses: {},
          },
        ],
      }),
      codes: ['refused'],
      says: [/failed to allocate gateway \(192\.0\.2\.2\): Address already in use/u],
    },
    {
      name: 'a VLAN that the kernel has no driver for',
      given: planned(aPlan({ parent: 'eth0.50' })).macvlanSupport({
        available: true,
        evidence: 'a macvlan link exists',
        lacks: ['8021q'],
      }),
      codes: ['refused'],
      says: [/operation not supported/u],
    },
    {
      name: 'the same with an old engine',
      given: composed({
        pools: [{ subnet: SUBNET, gateway: '192.0.2.1', auxAddresses: {} }],
      }).engine({ serverVersion: '20.10.24' }),
      codes: ['refused'],
      says: [/failed to allocate gateway \(192\.0\.2\.1\)/u],
    },
    {
      name: 'a pool that another network has',
      given: composed({ pools: [{ subnet: '192.0.2.128/25', auxAddresses: {} }] }),
      codes: ['refused'],
      says: [/Pool overlaps/u],
    },
    {
      name: 'a reserved address elsewhere',
      given: composed({ pools: [{ subnet: SUBNET, auxAddresses: { tv: '192.0.2.9' } }] }),
      codes: ['refused'],
      says: [/\(tv:192\.0\.2\.9\) must belong to the master pool: 198\.51\.100\.0\/24/u],
    },
    {
      name: 'a mode with a slip in it',
      given: planned(aPlan({ mode: 'brigde' })),
      codes: ['refused'],
      says: [/requested macvlan mode 'brigde' is not valid/u],
    },
    {
      name: 'a mode of the kernel that Docker has not',
      given: planned(aPlan({ mode: 'source' })),
      codes: ['refused'],
    },
    {
      name: 'the loopback interface',
      given: planned(aPlan({ parent: 'lo' })),
      codes: ['refused'],
      says: [/loopback interface is not a valid macvlan parent link/u],
    },
    {
      name: 'a name that is taken',
      given: planned(aPlan({ name: 'there' })),
      codes: ['refused'],
      subjects: ['network there'],
      says: [/network with name there already exists/u, /another name/u],
    },
    {
      name: 'a name of the engine’s own',
      given: planned(aPlan({ name: 'host' })),
      codes: ['refused'],
      says: [/predefined host network/u],
    },
    {
      name: 'a driver with a slip in it',
      given: planned(aPlan({ driver: 'macvlam' })),
      codes: ['refused'],
      says: [/plugin "macvlam" not found/u],
    },
    {
      name: 'an external one that is not there',
      given: composed({ name: 'gone', isExternal: true }),
      codes: ['missing'],
      subjects: ['network gone'],
      says: [/declared as external, but could not be found/u],
    },
  ],
  notApplicable: [
    { name: 'nothing is planned', given: host(), reason: /planned/u },
    { name: 'no network', given: planned({ ...aPlan(), networks: [] }), reason: /no network/u },
  ],
});

function networkOf(plan: Plan): PlannedNetwork {
  const [network] = plan.networks;
  if (network === undefined) throw new Error('the plan has no network');
  return network;
}
