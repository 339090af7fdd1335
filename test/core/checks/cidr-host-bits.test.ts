import check from '../../../src/core/checks/cidr-host-bits.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { planned } from '../../support/planned.js';
import type { NetworkOptions } from '../../support/world.js';

const lan = (part: Partial<NetworkOptions>, serverVersion = '20.10.24') =>
  aSnapshot()
    .parent('eth0')
    .engine({ serverVersion })
    .network({ name: 'lan', ...part });

testCheck(check, {
  pass: [
    {
      name: 'as it should be',
      given: lan({ ipRange: '192.0.2.96/28', aux: { tv: '192.0.2.97' } }),
    },
    { name: 'IPv6 in another spelling', given: lan({ subnet: '2001:DB8:0::/64' }) },
    { name: 'the whole subnet as its range', given: lan({ ipRange: '192.0.2.0/24' }) },
    {
      name: 'what lies outside or is no prefix, which no engine takes in the first place',
      given: lan({ ipRange: 'all', aux: { tv: '203.0.113.9' } }),
    },
    {
      name: 'a gateway outside, of which there is a check of its own',
      given: lan({ gateway: '198.51.100.1' }),
    },
  ],
  found: [
    {
      name: 'an address for a subnet, under a Docker that took it',
      given: lan({ subnet: '192.0.2.1/24' }),
      codes: ['masked'],
      severity: 'warn',
      subjects: ['network lan'],
      says: [
        /the subnet 192\.0\.2\.1\/24; the engine took it for 192\.0\.2\.0\/24/u,
        /"invalid subnet 192\.0\.2\.1\/24: it should be 192\.0\.2\.0\/24"/u,
        /docker network create .*--subnet=192\.0\.2\.0\/24/u,
      ],
    },
    {
      name: 'a range that hands out other addresses than it seems to',
      given: lan({ ipRange: '192.0.2.100/28' }),
      codes: ['masked'],
      severity: 'warn',
      says: [/took it for 192\.0\.2\.96\/28/u, /--ip-range=192\.0\.2\.96\/28/u],
    },
    {
      name: 'planned, under a Docker that looks',
      given: planned(lan({ subnet: '192.0.2.1/24' }, '28.0.0'), 'lan'),
      codes: ['refused'],
      says: [/which this engine refuses/u],
    },
    {
      name: 'planned, under one that does not',
      given: planned(lan({ subnet: '192.0.2.1/24' }, '24.0.7'), 'lan'),
      codes: ['masked'],
      severity: 'warn',
    },
  ],
  notApplicable: [
    {
      name: 'Podman',
      given: lan({}).engine({ flavour: 'podman' }),
      reason: /Podman/u,
    },
    { name: 'no macvlan network', given: aSnapshot().parent('eth0').engine({}) },
  ],
});
