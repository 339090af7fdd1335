import subnetOverlap from '../../../src/core/checks/subnet-overlap.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('web');
const tun = () => lan().hostLink('tun0', { linkType: 'none', kind: 'tun', address: '10.8.0.2/24' });
/** A bridge without a card has the LAN; one end of a veth pair is a parent on it, if the other is its port. */
const plugged = (master: string) =>
  aSnapshot()
    .parent('stub1', { kind: 'veth', lower: 'stub0', address: [] })
    .child('web')
    .hostLink('br0', { kind: 'bridge', address: '192.0.2.11/24' })
    .hostLink('br1', { kind: 'bridge' })
    .hostLink('stub0', { kind: 'veth', lower: 'stub1', master });
const six = () =>
  aSnapshot()
    .parent('eth0', { address: '2001:db8:1::10/64' })
    .child('web', { address: '2001:db8:1::50/64', gateway: null });

testCheck(subnetOverlap, {
  pass: [
    { name: 'a LAN of its own', given: lan() },
    {
      name: 'a shim with its /32 routes',
      given: lan().shim('mvd-shim').hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' }),
    },
    {
      name: 'a shim with the range',
      given: lan().shim('mvd-shim').hostRoute({ dst: '192.0.2.48/28', dev: 'mvd-shim' }),
    },
    {
      name: 'the same LAN on two cards',
      given: lan().hostLink('eth1', { address: '192.0.2.11/24' }),
    },
    {
      name: 'the same LAN by Wi-Fi',
      given: lan().hostLink('wlan0', { address: '192.0.2.12/24', isWireless: true }),
    },
    {
      name: 'two parents on one LAN',
      given: lan().parent('eth1', { address: '192.0.2.11/24' }).child('db'),
    },
    {
      name: 'two macvlan networks of one parent with ranges of their own',
      given: lan()
        .network({ name: 'a', ipRange: '192.0.2.64/27' })
        .network({ name: 'b', ipRange: '192.0.2.96/27' }),
    },
    {
      name: 'a VPN with a wider route',
      given: tun().hostRoute({ dst: '192.0.0.0/16', dev: 'tun0' }),
    },
    {
      name: 'a VPN with the same route as a spare',
      given: tun().hostRoute({ dst: '192.0.2.0/24', dev: 'tun0', metric: 500 }),
    },
    {
      name: 'a VPN peer with one address of the LAN',
      given: tun().hostRoute({ dst: '192.0.2.200', dev: 'tun0' }),
    },
    {
      name: 'a table that nobody looks into',
      given: tun().hostRoute({ dst: '192.0.2.0/24', dev: 'tun0', table: '52' }),
    },
    {
      name: 'a VPN that takes the default route',
      given: tun()
        .hostRoute({ dst: '0.0.0.0/1', dev: 'tun0' })
        .hostRoute({ dst: 'default', dev: 'tun0' }),
    },
    {
      name: 'docker0 elsewhere',
      given: lan()
        .hostLink('docker0', { kind: 'bridge', address: '172.17.0.1/16' })
        .network({ name: 'bridge', driver: 'bridge', parent: null, subnet: '172.17.0.0/16' }),
    },
    {
      name: 'a bridge onto the same LAN',
      given: lan()
        .hostLink('br0', { kind: 'bridge', address: '192.0.2.11/24' })
        .hostLink('eth1', { master: 'br0' }),
    },
    {
      name: 'a bridge that the parent is plugged into by a veth pair',
      given: plugged('br0'),
    },
    {
      name: 'the other end of a veth pair whose one end is the parent',
      given: aSnapshot()
        .parent('stub1', { kind: 'veth', lower: 'stub0', address: [] })
        .child('web')
        .hostLink('stub0', { kind: 'veth', lower: 'stub1', address: '192.0.2.11/24' }),
    },
    {
      name: 'IPv6, link-local everywhere',
      given: six().hostLink('eth1', { address: '2001:db8:2::10/64' }),
    },
    {
      name: 'a network that is only a template',
      given: lan().network({
        name: 'tpl',
        driver: 'bridge',
        parent: null,
        subnet: '192.0.2.0/24',
        isConfigOnly: true,
      }),
    },
  ],
  found: [
    {
      name: 'a bridge that the parent is not plugged into',
      given: plugged('br1'),
      codes: ['overlap'],
      says: [/The route by br0 claims 192\.0\.2\.0\/24/],
    },
    {
      name: 'a bridge that nobody is on: the kernel uses its route all the same',
      given: lan().hostLink('virbr0', {
        kind: 'bridge',
        address: '192.0.2.129/25',
        carrier: false,
      }),
      codes: ['overlap'],
    },
    {
      name: 'a network that nobody is on yet',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan' })
        .network({ name: 'back', driver: 'bridge', parent: null, subnet: '192.0.2.0/25' }),
      codes: ['overlap'],
      says: [/the LAN on eth0 that network lan is for/, /network lan on eth0: 192\.0\.2\.0\/24/],
      saysNot: [/children/],
    },
    {
      name: 'a bridge network that is much wider',
      given: lan().network({
        name: 'backend',
        driver: 'bridge',
        parent: null,
        subnet: '192.0.0.0/16',
      }),
      codes: ['overlap'],
      subjects: ['parent eth0'],
      says: [/network backend \(bridge\)/, /192\.0\.0\.0\/16/, /default-address-pools/],
    },
    {
      name: 'the same, seen as a bridge of the host',
      given: lan().hostLink('br-abc', { kind: 'bridge', address: '192.0.0.1/16' }),
      codes: ['overlap'],
      says: [/^The route by br-abc claims/],
    },
    {
      name: "libvirt's network inside the LAN",
      given: lan()
        .hostLink('virbr0', { kind: 'bridge', address: '192.0.2.129/25' })
        .hostLink('vnet0', { kind: 'tun', master: 'virbr0' }),
      codes: ['overlap'],
    },
    {
      name: 'a VPN to a LAN with the same addresses',
      given: tun().hostRoute({ dst: '192.0.2.0/24', dev: 'tun0' }),
      codes: ['overlap'],
      says: [/the route by tun0/],
    },
    {
      name: 'a VPN to a part of it',
      given: tun().hostRoute({ dst: '192.0.2.0/25', dev: 'tun0' }),
      codes: ['overlap'],
    },
    {
      name: 'a VPN with a table that is looked into',
      given: tun()
        .hostRoute({ dst: '192.0.2.0/24', dev: 'tun0', table: '52' })
        .routeLookup({ dst: '192.0.2.50', dev: 'tun0', table: '52', type: 'unicast' }),
      codes: ['overlap'],
      says: [/in table 52/],
    },
    {
      name: 'a macvlan network that nobody is on yet',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan' })
        .network({ name: 'backend', driver: 'bridge', parent: null, subnet: '192.0.2.0/24' }),
      codes: ['overlap'],
    },
    {
      name: 'IPv6',
      given: six().hostLink('br-abc', { kind: 'bridge', address: '2001:db8:1::1/64' }),
      codes: ['overlap'],
      says: [/2001:db8:1::\/64/],
    },
    {
      name: 'two intruders, one finding',
      given: tun()
        .hostRoute({ dst: '192.0.2.0/25', dev: 'tun0' })
        .network({ name: 'backend', driver: 'bridge', parent: null, subnet: '192.0.2.128/25' }),
      codes: ['overlap'],
    },
  ],
  notApplicable: [
    { name: 'no subnets', given: aSnapshot().parent('eth0').child('web', { address: [] }) },
  ],
});
