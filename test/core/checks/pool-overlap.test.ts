import check from '../../../src/core/checks/pool-overlap.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { planned } from '../../support/planned.js';

type Part = { readonly subnet?: string; readonly ipRange?: string; readonly gateway?: string };

const pair = (first: Part, second: Part) =>
  aSnapshot()
    .parent('eth0')
    .hostLink('eth1')
    .engine({ serverVersion: '28.5.2' })
    .network({ name: 'lan', ...first })
    .network({ name: 'more', ...second });
const plan = (first: Part, second: Part) => planned(pair(first, second), 'more');

testCheck(check, {
  pass: [
    {
      name: 'one subnet, each with a range of its own',
      given: plan({ ipRange: '192.0.2.64/26' }, { ipRange: '192.0.2.128/26' }),
    },
    {
      name: 'one subnet, the second with a range inside of what the first hands out: one list for both',
      given: pair({}, { ipRange: '192.0.2.128/26' }),
    },
    {
      name: 'subnets of different lengths with ranges apart',
      given: pair({ ipRange: '192.0.2.64/26' }, { subnet: '192.0.2.128/25' }),
    },
    {
      name: 'a template in the same subnet',
      given: planned(
        aSnapshot()
          .parent('eth0')
          .network({ name: 'form', isConfigOnly: true })
          .network({ name: 'lan' }),
        'lan',
      ),
    },
    {
      name: 'another parent, which may be another LAN',
      given: aSnapshot()
        .parent('eth0')
        .hostLink('eth1')
        .network({ name: 'lan' })
        .network({ name: 'far', parent: 'eth1', subnet: '192.0.2.0/25' }),
    },
    {
      name: 'one gateway for both under a Docker of which that is not known',
      given: planned(
        pair({ gateway: '192.0.2.1' }, { gateway: '192.0.2.1', ipRange: '192.0.2.64/26' }).engine({
          serverVersion: '29.0.0',
        }),
        'more',
      ),
    },
  ],
  found: [
    {
      name: 'a planned network in the subnet of another',
      given: plan({}, { subnet: '192.0.2.128/25' }),
      codes: ['refused'],
      subjects: ['network more'],
      says: [
        /"Pool overlaps with other one on this address space"/u,
        /192\.0\.2\.128\/25 of network more runs into 192\.0\.2\.0\/24 of network lan/u,
        /docker network prune/u,
      ],
    },
    {
      name: 'a planned network in the subnet of a bridge, of which nobody thought',
      given: planned(
        aSnapshot()
          .parent('eth0')
          .network({ name: 'back', driver: 'bridge', parent: null, subnet: '192.0.0.0/16' })
          .network({ name: 'lan' }),
        'lan',
      ),
      codes: ['refused'],
      says: [/network back \(bridge\) has 192\.0\.0\.0\/16/u],
    },
    {
      name: 'the very same range',
      given: plan({ ipRange: '192.0.2.64/26' }, { ipRange: '192.0.2.64/26' }),
      codes: ['refused'],
      says: [/the ip-range 192\.0\.2\.64\/26 of network more/u],
    },
    {
      name: 'ranges apart, and one gateway for both',
      given: plan(
        { ipRange: '192.0.2.64/26', gateway: '192.0.2.1' },
        { ipRange: '192.0.2.128/26', gateway: '192.0.2.1' },
      ),
      codes: ['refused'],
      says: [/failed to allocate gateway \(192\.0\.2\.1\): Address already in use/u],
    },
    {
      name: 'subnets of different lengths that hand out the same',
      given: pair({}, { subnet: '192.0.2.0/25', ipRange: '192.0.2.64/26' }),
      codes: ['twice'],
      severity: 'warn',
      subjects: ['network more'],
      says: [/more hands out 192\.0\.2\.64\/26, and network lan hands out 192\.0\.2\.0\/24/u],
    },
    {
      name: 'one subnet twice under Podman, which keeps a list for each network',
      given: pair({}, {}).engine({ flavour: 'podman' }),
      codes: ['twice'],
      severity: 'warn',
      saysNot: [/docker/u],
    },
    {
      name: 'a free part of the subnet is offered where the other does not hand it out',
      given: pair({ ipRange: '192.0.2.0/27' }, { subnet: '192.0.0.0/16' }).engine({
        serverVersion: '27.0.1',
      }),
      codes: ['twice'],
      severity: 'warn',
      fixes: ['recreate-network'],
    },
  ],
  notApplicable: [{ name: 'no macvlan network', given: aSnapshot().parent('eth0').engine({}) }],
});
