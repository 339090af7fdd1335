import internalNetwork from '../../../src/core/checks/internal-network.js';
import parentDown from '../../../src/core/checks/parent-down.js';
import { describe, expect, it } from 'vitest';
import { aSnapshot } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const internal = (options: { gateway?: string; driver?: string } = {}) =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'in', isInternal: true, ...options })
    .network({ name: 'apps', driver: 'bridge', parent: null, subnet: '172.18.0.0/16' });
const apps = { kind: 'veth', network: 'apps', address: '172.18.0.2/16' } as const;

testCheck(internalNetwork, {
  pass: [
    {
      name: 'its containers have another way out',
      given: internal()
        .child('db', { network: 'in', gateway: null })
        .child('db-apps', { ...apps, sameNetnsAs: 'db', gateway: '172.18.0.1' }),
    },
    {
      name: 'the parent is a dummy device',
      given: aSnapshot()
        .parent('dm-0123', { kind: 'dummy', address: [] })
        .network({ name: 'in', isInternal: true })
        .child('db', { network: 'in', gateway: null }),
    },
    {
      name: 'the parent is a bridge with nobody outside',
      given: aSnapshot()
        .parent('br9', { kind: 'bridge' })
        .network({ name: 'in', isInternal: true })
        .child('db', { network: 'in', gateway: null }),
    },
  ],
  found: [
    {
      name: 'containers that are on nothing else, and a gateway that nobody gets',
      given: internal({ gateway: '192.0.2.1' })
        .child('db', { network: 'in', gateway: null })
        .child('queue', { network: 'in', gateway: null }),
      codes: ['on-lan'],
      subjects: ['network in'],
      says: [
        /Network in is internal, and db and queue are on the LAN of eth0 all the same/u,
        /every machine of 192\.0\.2\.0\/24 reaches it/u,
        /its gateway 192\.0\.2\.1 is given to nobody/u,
        /The firewall of this host does not see its frames/u,
      ],
    },
    {
      name: 'nobody is on it yet',
      given: internal(),
      codes: ['on-lan'],
      says: [/its containers will be on the LAN of eth0/u],
      saysNot: [/is given to nobody/u],
    },
    {
      name: 'ipvlan, and two internal networks',
      given: internal({ driver: 'ipvlan' })
        .network({ name: 'back', driver: 'bridge', parent: null, isInternal: true })
        .container('db', {
          endpoints: ['in', 'back'].map((name) => ({
            networkId: `net-${name}`,
            networkName: name,
          })),
        }),
      codes: ['on-lan'],
      says: [/network in \(ipvlan\): internal, parent=eth0; of its containers db is/u],
    },
    {
      name: 'an old engine lets it give the default route',
      given: internal({ gateway: '192.0.2.1' })
        .engine({ serverVersion: '19.03.15' })
        .child('db', { network: 'in', gateway: '192.0.2.1' })
        .child('db-apps', { ...apps, sameNetnsAs: 'db', gateway: null }),
      codes: ['route'],
      subjects: ['child eth0@db'],
      says: [
        /default route of db leaves by 192\.0\.2\.1 on in, which is internal/u,
        /it is on apps \(bridge\) as well/u,
        /A hook that deletes the route/u,
      ],
    },
  ],
  notApplicable: [
    {
      name: 'no network is internal',
      given: aSnapshot().parent('eth0').network({ name: 'lan' }).child('web', { network: 'lan' }),
    },
    {
      name: 'an internal bridge network is what it says',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'b', driver: 'bridge', parent: null, isInternal: true }),
    },
    {
      name: 'an internal network without a parent',
      given: aSnapshot().parent('eth0').network({ name: 'in', parent: null, isInternal: true }),
    },
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
  ],
});

describe('internal-network', () => {
  it('stays quiet where the parent leads nowhere now', () => {
    const given = aSnapshot()
      .parent('eth0', { up: false })
      .network({ name: 'in', isInternal: true })
      .child('db', { network: 'in', gateway: null });
    expect(headlinesOf(resultsOf([internalNetwork, parentDown], given))).toEqual([
      'fail parent-down parent eth0',
      'suppressed internal-network network in < parent-down',
    ]);
  });
});
