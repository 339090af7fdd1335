import check from '../../../src/core/checks/ip-range-exhausted.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import type { NetworkOptions } from '../../support/world.js';

const lan = (part: Partial<NetworkOptions> = {}) =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'lan', gateway: '192.0.2.1', ipRange: '192.0.2.64/30', ...part });

/** Running containers, from .64 on; each asked for its address, or did not. */
function filled(given: SnapshotBuilder, count: number, isWanted = false): SnapshotBuilder {
  for (let at = 0; at < count; at += 1) {
    const ipv4 = `192.0.2.${String(64 + at)}`;
    const wanted = isWanted ? { wantedIpv4: ipv4 } : {};
    given.container(`c${String(at)}`, {
      state: 'running',
      endpoints: [{ networkId: 'net-lan', networkName: 'lan', ipv4, ...wanted }],
    });
  }
  return given;
}

const late = (given: SnapshotBuilder) =>
  given.container('late', {
    state: 'created',
    endpoints: [{ networkId: 'net-lan', networkName: 'lan' }],
  });

testCheck(check, {
  pass: [
    { name: 'nobody is on it', given: lan() },
    { name: 'one address is left', given: filled(lan(), 3) },
    { name: 'all of them were asked for by hand', given: filled(lan(), 4, true) },
    { name: 'the engine says that some are left', given: filled(lan({ addressesLeft: 2 }), 4) },
    {
      name: 'an IPv6 subnet, which nobody counts to its end',
      given: filled(lan({ subnet: '2001:db8::/64', ipRange: '2001:db8::/126' }), 4),
    },
  ],
  found: [
    {
      name: 'somebody waits',
      given: late(filled(lan(), 4)),
      codes: ['waiting'],
      subjects: ['network lan'],
      says: [
        /none left of the 4 addresses of 192\.0\.2\.64\/30, and late waits for one/u,
        /192\.0\.2\.64, 192\.0\.2\.65, 192\.0\.2\.66 and 192\.0\.2\.67 are taken/u,
        /docker network create .*--ip-range=192\.0\.2\.64\/29/u,
      ],
      fixes: ['recreate-network'],
    },
    {
      name: 'nobody waits yet; a shim and a television have their part',
      given: filled(lan({ aux: { shim: '192.0.2.66', tv: '192.0.2.67' } }), 2),
      codes: ['full'],
    },
    {
      name: 'an old Docker took one for a gateway that nobody named',
      given: filled(
        aSnapshot()
          .parent('eth0')
          .engine({ serverVersion: '20.10.24' })
          .network({ name: 'lan', ipRange: '192.0.2.64/30' }),
        3,
      ),
      codes: ['full'],
    },
    {
      name: 'the engine says so',
      given: filled(lan({ addressesLeft: 0 }), 1),
      codes: ['full'],
      says: [/the engine says that 192\.0\.2\.64\/30 of lan has no address left/u],
    },
    {
      name: 'a whole subnet, of which two addresses are nobody’s',
      given: filled(
        lan({ subnet: '192.0.2.64/29', gateway: '192.0.2.70', ipRange: '192.0.2.64/29' }),
        6,
      ),
      codes: ['full'],
      says: [/The subnet has no more to give/u],
      fixes: [],
    },
    {
      name: 'another network of the same subnet took the rest',
      given: filled(
        lan().network({
          name: 'more',
          ipRange: '192.0.2.128/26',
          held: [
            { name: 'x', containerId: 'x', ipv4: '192.0.2.66/24' },
            { name: 'y', containerId: 'y', ipv4: '192.0.2.67/24' },
          ],
        }),
        2,
      ),
      codes: ['full'],
    },
  ],
  undetermined: [
    {
      name: 'a gateway may be in there of which the engine does not tell',
      given: filled(
        aSnapshot()
          .parent('eth0')
          .engine({ serverVersion: '29.0.0' })
          .network({ name: 'lan', ipRange: '192.0.2.64/30' }),
        3,
      ),
      reason: /1 is left if the engine took no gateway for itself/u,
    },
  ],
  notApplicable: [{ name: 'no macvlan network', given: aSnapshot().parent('eth0').engine({}) }],
});
