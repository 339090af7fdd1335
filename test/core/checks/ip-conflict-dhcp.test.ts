import ipConflictDhcp from '../../../src/core/checks/ip-conflict-dhcp.js';
import { known } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import type { NetworkOptions } from '../../support/world.js';
import { testCheck } from '../../support/check-tester.js';

/** The host got its addresses from a DHCP server. */
function leased(builder: SnapshotBuilder): Snapshot {
  const snapshot = builder.build();
  const { namespaces } = snapshot.facts;
  if (namespaces.state !== 'known') return snapshot;
  const value = namespaces.value.map((netns) => {
    if (!netns.isHost || netns.content.state !== 'known') return netns;
    const content = netns.content.value;
    const addresses = content.addresses.map((one) =>
      one.family === 'inet' && one.scope === 'global' ? { ...one, dynamic: true } : one,
    );
    return { ...netns, content: known({ ...content, addresses }) };
  });
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(value) } };
}

const lan = (network: Partial<NetworkOptions> = {}) =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'lan', gateway: '192.0.2.1', ...network });
const running = (given: SnapshotBuilder, wantedIpv4?: string, state = 'running') =>
  given.container('web', {
    state,
    endpoints: [
      {
        networkId: 'net-lan',
        networkName: 'lan',
        ipv4: '192.0.2.2',
        ...(wantedIpv4 === undefined ? {} : { wantedIpv4 }),
      },
    ],
  });

testCheck(ipConflictDhcp, {
  pass: [
    { name: 'the host has an address of its own choice', given: running(lan()) },
    { name: 'an ip-range', given: leased(running(lan({ ipRange: '192.0.2.192/27' }))) },
    {
      name: 'the container has an address that was asked for',
      given: leased(running(lan(), '192.0.2.2')),
    },
    { name: 'nothing runs on it', given: leased(running(lan(), undefined, 'exited')) },
    {
      name: 'a subnet in which the host has no address',
      given: leased(running(lan({ subnet: '198.51.100.0/24', gateway: '198.51.100.1' }))),
    },
    {
      name: 'a template for networks',
      given: leased(running(lan().network({ name: 'tpl', isConfigOnly: true }), '192.0.2.2')),
    },
  ],
  found: [
    {
      name: 'nobody is on it yet',
      given: leased(lan()),
      codes: ['nobody-yet'],
      subjects: ['network lan'],
      fixes: ['recreate-network'],
      says: [/no ip-range; no container is on it yet/],
    },
    {
      name: 'no range, a lease, and an address that the engine chose',
      given: leased(running(lan())),
      codes: ['no-range'],
      subjects: ['network lan'],
      fixes: ['recreate-network'],
      says: [
        /web got 192\.0\.2\.2/,
        /docker network create -d macvlan --subnet=192\.0\.2\.0\/24 --gateway=192\.0\.2\.1 --ip-range=192\.0\.2\.192\/27 -o parent=eth0 lan/,
        /Take 192\.0\.2\.192\/27 out of the DHCP pool/,
      ],
    },
    {
      name: 'an ip-range that is the whole subnet',
      given: leased(running(lan({ ipRange: '192.0.2.0/24' }))),
      codes: ['no-range'],
    },
    {
      name: 'a host that lives on a shim, and has an address where the range would be',
      given: leased(
        running(
          aSnapshot()
            .parent('eth0', { address: [] })
            .shim('mac0', { address: '192.0.2.200/24' })
            .network({ name: 'lan' }),
        ),
      ),
      codes: ['no-range'],
      says: [/--ip-range=192\.0\.2\.160\/27/],
    },
    {
      name: 'a subnet that is too small to be shared',
      given: leased(
        running(
          aSnapshot()
            .parent('eth0', { address: '192.0.2.10/27' })
            .network({ name: 'lan', subnet: '192.0.2.0/27' }),
        ),
      ),
      codes: ['no-range'],
      says: [/ipv4_address/],
      saysNot: [/ip-range=/],
    },
  ],
  notApplicable: [
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'no macvlan network',
      given: aSnapshot().parent('eth0').network({ name: 'b', driver: 'bridge', parent: null }),
    },
  ],
  undetermined: [
    {
      name: 'Podman',
      given: leased(running(lan().engine({ flavour: 'podman' }))),
      reason: /Podman does not tell/,
    },
  ],
});
