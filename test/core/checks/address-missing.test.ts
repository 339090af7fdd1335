import addressMissing from '../../../src/core/checks/address-missing.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0');

/** The first link of the container has lost what the engine gave it, and the kernel the routes with it. */
function flushed(builder: SnapshotBuilder): Snapshot {
  const snapshot = builder.build();
  const namespaces = (valueOf(snapshot.facts.namespaces) ?? []).map((netns) => {
    const content = valueOf(netns.content);
    if (netns.isHost || content === undefined) return netns;
    const addresses = content.addresses.filter(({ local }) => local !== '192.0.2.77');
    const routes = content.routes.filter(({ dev }) => dev !== 'eth0');
    return { ...netns, content: known({ ...content, addresses, routes }) };
  });
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(namespaces) } };
}

testCheck(addressMissing, {
  pass: [
    { name: 'an IPv4 address', given: lan().child('web') },
    {
      name: 'IPv6 alone',
      given: lan().child('web', { address: '2001:db8::50/64', gateway: null }),
    },
    {
      name: 'a link-local one with a gateway: somebody means it',
      given: lan().child('web', { address: '169.254.7.2/30', gateway: '169.254.7.1' }),
    },
    { name: 'a /32', given: lan().child('web', { address: '192.0.2.50/32' }) },
    {
      name: 'a WAN port with IPv6 by a router’s link-local address',
      given: lan().child('web', {
        address: 'fe80::50/64',
        gateway: null,
        routes: [{ family: 'inet6', dst: 'default', gateway: 'fe80::1', protocol: 'ra' }],
      }),
    },
    {
      name: 'an address that the loopback lends',
      given: lan().child('web', {
        address: [],
        gateway: null,
        routes: [{ dst: 'default', gateway: '192.0.2.1', prefsrc: '198.51.100.9' }],
      }),
    },
  ],
  found: [
    {
      name: 'none at all',
      given: lan().child('web').child('db', { address: [] }),
      codes: ['missing'],
      subjects: ['child eth0@db'],
      says: [/DHCP client/],
    },
    {
      name: 'one that a DHCP client made up, whatever scope it gave it',
      given: lan().child('web', { address: '169.254.7.2/16', gateway: null }),
      codes: ['missing'],
      subjects: ['child eth0@web'],
      says: [/169\.254\.7\.2/],
    },
    {
      name: 'one that the engine gave, and that has gone; the container gets out by another link',
      given: flushed(
        lan()
          .network({ name: 'lan' })
          .child('web', { network: 'lan', address: '192.0.2.77/24' })
          .child('web1', { sameNetnsAs: 'web' }),
      ),
      codes: ['missing'],
      subjects: ['child eth0@web'],
    },
    {
      name: 'two of one network',
      given: lan()
        .network({ name: 'lan' })
        .child('web', { network: 'lan', address: [] })
        .child('db', { network: 'lan', address: [] }),
      codes: ['missing'],
      subjects: ['network lan'],
    },
  ],
  undetermined: [
    {
      name: 'a WAN port without an address in a namespace that gets out by another link',
      given: lan()
        .child('web', { address: [], gateway: null })
        .child('web1', { sameNetnsAs: 'web' }),
      reason: /has no address on eth0, and gets out by eth1: the link may be bare on purpose/u,
    },
  ],
  notApplicable: [
    { name: 'a tap', given: lan().child('vm', { kind: 'macvtap', address: [] }) },
    { name: 'down: another fault', given: lan().child('web', { up: false, address: [] }) },
  ],
});
