import shimAddressCollision from '../../../src/core/checks/shim-address-collision.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import type { NetworkOptions } from '../../support/world.js';
import { testCheck } from '../../support/check-tester.js';
import { asked, controls, STRANGER } from '../../support/owners-seen.js';

const lan = (address = '192.0.2.250/32') =>
  aSnapshot().parent('eth0').child('web').child('db').shim('mvd-shim', { address });
const shim = (...by: string[]) => asked('shim-address-arp', { target: '192.0.2.250', by });
const [first, second] = controls();
const free = asked('free-address-arp', { target: '192.0.2.254' });

/** A home: three containers at the bottom, no ip-range unless told. */
const home = (address: string, network: Partial<NetworkOptions> = {}, names = ['a', 'b', 'c']) => {
  const given = aSnapshot()
    .parent('eth0')
    .shim('mvd-shim', { address })
    .network({ name: 'lan', gateway: '192.0.2.1', ...network });
  for (const [at, name] of names.entries()) {
    given.child(name, { network: 'lan', address: `192.0.2.${(at + 2).toString()}/24` });
  }
  return given;
};
const stopped = (ipv4: string) => ({
  endpoints: [{ networkId: 'net-lan', networkName: 'lan', ipv4 }],
});

testCheck(shimAddressCollision, {
  pass: [
    { name: 'a shim set up right', given: lan().allHealthy() },
    {
      name: 'a home without ip-range, the shim at .250',
      given: home('192.0.2.250/32').allHealthy(),
    },
    {
      name: 'reserved as an aux-address',
      given: home('192.0.2.5/32', { aux: { host: '192.0.2.5' } }).allHealthy(),
    },
    {
      name: 'outside the ip-range',
      given: home('192.0.2.100/32', { ipRange: '192.0.2.0/27' }).allHealthy(),
    },
    {
      name: 'in a range that is filled from the bottom, far away',
      given: home('192.0.2.120/32', { ipRange: '192.0.2.0/25' }).allHealthy(),
    },
    {
      name: 'a child that is down has no address',
      given: lan().child('old', { address: '192.0.2.250/24', up: false }).allHealthy(),
    },
    {
      name: 'the switch reflects: the shim itself answers',
      given: lan().allHealthy({ reflects: true }).observed(shim('06:d0:c7:00:00:11')),
    },
    {
      name: 'proxy ARP',
      given: lan()
        .allHealthy()
        .observed(shim(STRANGER))
        .observed(asked('owner-control-arp', { target: '192.0.2.254', by: [STRANGER] }))
        .observed(asked('owner-control-arp', { target: '192.0.2.253', by: [STRANGER] })),
    },
    {
      name: 'a stopped container with another address',
      given: home('192.0.2.250/32').container('old', stopped('192.0.2.77')).allHealthy(),
    },
    {
      name: 'the host’s own network on a macvlan link, as on an unnumbered parent',
      given: aSnapshot()
        .parent('eth0', { address: [] })
        .child('web')
        .shim('mac0', { address: '192.0.2.10/24', gateway: '192.0.2.1' })
        .allHealthy(),
    },
  ],
  found: [
    {
      name: 'a child has it',
      given: lan()
        .child('old', { address: '192.0.2.250/24', mode: 'private' })
        .allHealthy()
        .observed(free),
      codes: ['child'],
      subjects: ['shim mvd-shim'],
      fixes: ['move-shim-address'],
      says: [
        /ip addr add 192\.0\.2\.\d+\/32 dev mvd-shim/,
        /ip addr del 192\.0\.2\.250\/32 dev mvd-shim/,
      ],
    },
    {
      name: 'a child has it, and nothing was sent',
      given: lan().child('old', { address: '192.0.2.250/24' }),
      codes: ['child'],
      fixes: [],
      says: [/none is known to be free/],
    },
    {
      name: 'a device on the LAN answers for it',
      given: lan()
        .allHealthy()
        .observed(shim(STRANGER))
        .observed(first ?? free)
        .observed(second ?? free),
      codes: ['lan'],
      says: [/9c:8e:cd:11:22:33/, /no proxy ARP/],
    },
    {
      name: 'without ip-range, and the next container gets it',
      given: home('192.0.2.5/32').allHealthy(),
      codes: ['reserved-nowhere'],
      severity: 'warn',
      says: [
        /The next new container gets it/,
        /--aux-address=mvd-shim=192\.0\.2\.5/,
        /the whole of 192\.0\.2\.0\/24/,
      ],
    },
    {
      name: 'a shim inside the range that was named for containers',
      given: home('192.0.2.30/32', { ipRange: '192.0.2.0/27' }).allHealthy(),
      codes: ['reserved-nowhere'],
      severity: 'warn',
      says: [/26 more containers/],
    },
    {
      name: 'Podman goes on after the last address',
      given: home('192.0.2.9/32', {}, ['a', 'b', 'c', 'd', 'e', 'f'])
        .engine({ flavour: 'podman' })
        .allHealthy(),
      codes: ['reserved-nowhere'],
      severity: 'warn',
      says: [/podman network create/],
    },
    {
      name: 'a container that does not run has it',
      given: home('192.0.2.250/32').container('old', stopped('192.0.2.250')).allHealthy(),
      codes: ['awaited'],
      severity: 'warn',
      says: [/old, which does not run/],
    },
  ],
  notApplicable: [{ name: 'no shim', given: aSnapshot().parent('eth0').child('web') }],
  undetermined: [
    { name: 'nothing was sent', given: lan(), reason: /device on the LAN has 192\.0\.2\.250/ },
    {
      name: 'a stranger, and nobody asked whether it answers for everything',
      given: lan().allHealthy().observed(shim(STRANGER)),
      reason: /proxy ARP/,
    },
  ],
});
