import { describe, expect, it } from 'vitest';
import check from '../../../src/core/checks/parent-missing.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { resultsOf, testCheck } from '../../support/check-tester.js';

const home = () =>
  aSnapshot().parent('enp3s0', { gateway: '192.0.2.1', altnames: ['enx525400000010'] });

testCheck(check, {
  pass: [
    { name: 'the parent is there', given: home().network({ name: 'lan' }) },
    {
      name: 'the parent is an altname',
      given: home().network({ name: 'lan', parent: 'enx525400000010' }),
    },
    {
      name: 'a VLAN that the engine makes',
      given: home().network({ name: 'lan', parent: 'enp3s0.50' }),
    },
    {
      name: 'a network without a parent beside a sound one',
      given: home().network({ name: 'lan' }).network({ name: 'dummy', parent: null }),
    },
    {
      name: 'an ipvlan network, which is no patient, on something missing',
      given: home()
        .network({ name: 'lan' })
        .network({ name: 'l3', parent: 'eth9', driver: 'ipvlan' }),
    },
  ],
  found: [
    {
      name: 'a name from a tutorial',
      given: home().network({
        name: 'lan',
        parent: 'eth0',
        gateway: '192.0.2.1',
        ipRange: '192.0.2.128/25',
      }),
      codes: ['missing'],
      subjects: ['network lan'],
      says: [
        /enp3s0 \(default route, also enx525400000010\)/u,
        /docker network rm lan/u,
        /docker network create -d macvlan --subnet=192\.0\.2\.0\/24 --gateway=192\.0\.2\.1 --ip-range=192\.0\.2\.128\/25 -o parent=enp3s0 lan/u,
      ],
    },
    {
      name: 'a VLAN whose card is missing too, and one with an impossible id',
      given: home()
        .network({ name: 'a', parent: 'eth0.50' })
        .network({ name: 'b', parent: 'enp3s0.4095' }),
      codes: ['missing', 'missing'],
      subjects: ['network a', 'network b'],
    },
    {
      name: 'no default route to go by',
      given: aSnapshot()
        .hostLink('eth1')
        .hostLink('docker0', { kind: 'bridge' })
        .network({ name: 'lan', parent: 'eth7' }),
      codes: ['missing'],
      says: [/this host has eth1\n/u, /Connect or create eth7/u],
      saysNot: [/network rm/u],
    },
    {
      name: 'an evil name, quoted',
      given: home().network({ name: '$(reboot)', parent: 'x; y' }),
      codes: ['missing'],
      says: [/network rm '\$\(reboot\)'/u],
    },
  ],
  notApplicable: [
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
    { name: 'only a network without a parent', given: home().network({ name: 'x', parent: null }) },
  ],
});

describe('parent-missing', () => {
  it('speaks podman to podman', () => {
    const given = home()
      .engine({ flavour: 'podman' })
      .network({ name: 'lan', parent: 'eth0', mode: 'bridge' });
    expect(resultsOf([check], given)[0]?.advice?.join(' ')).toContain(
      'podman network create -d macvlan --subnet=192.0.2.0/24 -o parent=enp3s0 -o mode=bridge lan',
    );
  });
});
