import check from '../../../src/core/checks/neighbour-table-full.js';
import { known, unknown } from '../../../src/model/fact.js';
import type { NeighbourTable } from '../../../src/model/neighbour.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const ROOMY: NeighbourTable = {
  entries: 40,
  gcThresh1: 128,
  gcThresh2: 512,
  gcThresh3: 1024,
  tableFulls: 5183,
};
const FULL: NeighbourTable = { ...ROOMY, entries: 1024 };

function given(before: NeighbourTable, after?: NeighbourTable): SnapshotBuilder {
  const builder = aSnapshot().parent('eth0').child('web').fact('neighbourTable', known(before));
  return after === undefined ? builder : builder.fact('neighbourTableAfter', known(after));
}

function withPermanent(count: number): SnapshotBuilder {
  let builder = given({ ...ROOMY, entries: 1030 });
  for (let host = 100; host < 100 + count; host += 1) {
    const dst = `192.0.2.${host.toString()}`;
    const lladdr = '02:00:00:00:00:01';
    builder = builder.hostNeighbour({ dst, dev: 'eth0', lladdr, state: ['PERMANENT'] });
  }
  return builder;
}

testCheck(check, {
  pass: [
    { name: 'room, and a table that was full at some time', given: given(ROOMY, ROOMY) },
    { name: 'nearly full', given: given({ ...ROOMY, entries: 1000 }) },
    { name: 'full for a moment only', given: given(FULL, { ...ROOMY, entries: 600 }) },
    { name: 'full at the end only, and nobody was refused', given: given(ROOMY, FULL) },
    { name: 'beyond the limit by entries set by hand', given: withPermanent(30) },
    { name: 'counters that began anew', given: given(ROOMY, { ...ROOMY, tableFulls: 0 }) },
  ],
  found: [
    {
      name: 'full, seen without probes',
      given: given(FULL),
      codes: ['full'],
      subjects: ['host host'],
      says: [
        /1024 entries, and the limit is 1024/,
        /5183 entries refused since/,
        /^sysctl -w net\.ipv4\.neigh\.default\.gc_thresh3=16384$/m,
        /^sysctl -w net\.ipv4\.neigh\.default\.gc_thresh1=4096$/m,
      ],
      fixes: ['raise-neighbour-limit'],
    },
    {
      name: 'full before and after',
      given: given(FULL, { ...FULL, entries: 1025 }),
      codes: ['full'],
      says: [/1024 entries of all namespaces at the start .*, 1025 .* at the end/],
    },
    {
      name: 'entries refused while the doctor was at work',
      given: given({ ...FULL, entries: 900 }, { ...FULL, tableFulls: 5190 }),
      codes: ['refused'],
      says: [/refused 7 entries in its ARP table during this run/],
      fixes: ['raise-neighbour-limit'],
    },
    {
      name: 'beyond the limit also without entries set by hand',
      given: withPermanent(6),
      codes: ['full'],
    },
    {
      name: 'a limit that is high already',
      given: given({ entries: 20_000, gcThresh3: 20_000, tableFulls: 1 }),
      codes: ['full'],
      says: [/gc_thresh3=80000$/m],
    },
    {
      name: 'in a container, which cannot set it',
      given: given(FULL).platform({ isContainer: true }),
      codes: ['full'],
      fixes: [],
      says: [/on the machine itself only, outside of any container: sysctl -w .*gc_thresh3=16384/],
    },
    {
      name: 'in another network namespace than the first',
      given: given(FULL).platform({ isInitialNetns: false }),
      codes: ['full'],
      fixes: [],
    },
  ],
  notApplicable: [
    {
      name: 'no macvlan link',
      given: aSnapshot().hostLink('eth0').fact('neighbourTable', known(FULL)),
      reason: /no macvlan link/,
    },
    {
      name: 'another system',
      given: given(FULL).fact('neighbourTable', unknown('absent', 'read on Linux only')),
    },
  ],
  undetermined: [
    {
      name: 'a table that could not be read',
      given: given(FULL).fact('neighbourTable', unknown('failed', 'netlink did not answer')),
    },
  ],
});
