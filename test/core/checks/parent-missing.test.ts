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
      name: 'a VLAN that the engine made',
      given: home()
        .hostLink('enp3s0.50', { kind: 'vlan', vlanId: 50, lower: 'enp3s0' })
        .network({ name: 'lan', parent: 'enp3s0.50' }),
    },
    {
      name: 'a VLAN link alone is missing, which is another check',
      given: home().network({ name: 'iot', parent: 'enp3s0.50' }),
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
      name: 'a name from a Mac',
      given: home().network({ name: 'lan', parent: 'en0' }),
      codes: ['missing'],
      says: [/en0 is how macOS calls its cards/u, /-o parent=enp3s0 lan/u],
    },
    {
      name: 'names from a NAS and from a hypervisor, and one that says nothing',
      given: home()
        .network({ name: 'a', parent: 'ovs_eth1' })
        .network({ name: 'b', parent: 'vmbr0' })
        .network({ name: 'c', parent: 'uplink' }),
      codes: ['missing', 'missing', 'missing'],
      says: [/ovs_eth1 is there on a Synology NAS/u, /vmbr0 is a bridge of a Proxmox host/u],
      saysNot: [/uplink is (?:a|there|how)/u],
    },
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
        /^docker network rm lan$/mu,
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
      name: 'a link that was renamed under its containers',
      given: home()
        .hostLink('lan9', { address: '198.51.100.2/24' })
        .network({ name: 'lan', parent: 'eth9', subnet: '198.51.100.0/24' })
        .child('web', { parent: 'lan9', network: 'lan', address: '198.51.100.50/24' }),
      codes: ['renamed'],
      says: [/eth9 .* is called lan9 now/u, /-o parent=lan9 lan/u],
      saysNot: [/parent=enp3s0/u],
    },
    {
      name: 'another card than that of the default route has the subnet',
      given: home()
        .hostLink('enp4s0', { address: '198.51.100.2/24' })
        .network({ name: 'lan', parent: 'eth9', subnet: '198.51.100.0/24' }),
      codes: ['missing'],
      says: [/enp4s0 has an address in 198\.51\.100\.0\/24/u, /-o parent=enp4s0 lan/u],
    },
    {
      name: 'no card has the subnet',
      given: home().network({ name: 'lan', parent: 'eth9', subnet: '198.51.100.0/24' }),
      codes: ['missing'],
      says: [/enp3s0 is the one with the default route, though no address in 198\.51\.100\.0\/24/u],
    },
    {
      name: 'a device that has its one macvlan network, under an old Docker',
      given: home()
        .engine({ serverVersion: '20.10.24' })
        .network({ name: 'lan' })
        .network({ name: 'old', parent: 'eth9' }),
      codes: ['missing'],
      says: [/put the containers of old on lan instead/u],
      saysNot: [/network rm/u],
    },
    {
      name: 'a name that looks like an option',
      given: home().network({ name: '--help', parent: 'eth9' }),
      codes: ['missing'],
      says: [/docker network rm -- --help/u, /-o parent=enp3s0 -- --help/u],
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
    expect(resultsOf([check], given)[0]?.fixes?.[0]?.commands).toContain(
      'podman network create -d macvlan --subnet=192.0.2.0/24 -o parent=enp3s0 -o mode=bridge lan',
    );
  });
});
