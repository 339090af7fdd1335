import check from '../../../src/core/checks/source-list-empty.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { swallowed } from '../../support/lost-inside-view.js';
import { testCheck } from '../../support/check-tester.js';

const lan = (mode = 'source') =>
  aSnapshot().parent('eth0').child('web', { mode, gateway: '192.0.2.1' });

/** With so many MACs on the list of whoever is in source mode. */
function listing(given: SnapshotBuilder, count: number): Snapshot {
  const text = JSON.stringify(given.build());
  const mark = '"mode":"source"';
  return JSON.parse(
    text.replaceAll(mark, `${mark},"macaddr_count":${count.toString()}`),
  ) as Snapshot;
}

testCheck(check, {
  pass: [
    { name: 'somebody is on the list', given: listing(lan(), 2) },
    { name: 'the gateway is heard', given: listing(lan().allHealthy(), 1) },
  ],
  found: [
    {
      name: 'nobody is on it',
      given: listing(lan(), 0),
      codes: ['empty'],
      subjects: ['parent eth0'],
      fixes: ['set-macvlan-mode'],
      says: [/macaddr_count 0/u, /ip -n web link set dev eth0 type macvlan mode bridge/u],
      saysNot: [/For the gateway/u],
    },
    {
      name: 'nobody is on it, and the host knows the gateway',
      given: listing(
        lan().hostNeighbour({
          dst: '192.0.2.1',
          dev: 'eth0',
          lladdr: '52:54:00:00:00:01',
          state: ['REACHABLE'],
        }),
        0,
      ),
      codes: ['empty'],
      says: [/`ip -n web link set dev eth0 type macvlan macaddr add 52:54:00:00:00:01`/u],
    },
    {
      name: 'the answers of its gateway are kept out',
      given: listing(swallowed(lan(), 'eth0'), 1),
      codes: ['unlisted'],
      subjects: ['child eth0@web'],
      says: [
        /macaddr_count 1/u,
        /a filter rule on eth0 or inside web would look the same/u,
        /`ip netns exec web ip -d link show dev eth0`/u,
        /`ip -n web link set dev eth0 type macvlan macaddr add 52:54:00:aa:00:01`/u,
      ],
    },
    {
      name: 'nobody is on it, and so the answers of its gateway are kept out',
      given: listing(swallowed(lan(), 'eth0'), 0),
      codes: ['empty'],
    },
  ],
  undetermined: [
    { name: 'the list was not read', given: lan(), reason: /whom web listens to was not read/u },
  ],
  notApplicable: [{ name: 'bridge mode', given: lan('bridge') }],
});
