// The kernel's ARP table, one for all namespaces, is full: whoever asks next gets no entry.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import { HOST } from '../../model/finding.js';
import type { NeighbourTable } from '../../model/neighbour.js';
import { counted } from '../derive/wording/words.js';
import raiseNeighbourLimit from '../fixes/passage/raise-neighbour-limit.js';

export default defineCheck({
  meta: {
    id: 'neighbour-table-full',
    category: 'neighbour',
    severity: 'fail',
    title: { pass: 'The ARP table has room', found: 'The ARP table of the kernel is full' },
    needs: ['neighbourTable'],
    dependsOn: ['desktop-vm'],
    docs: {
      explain: `Before the kernel sends an IPv4 packet on a LAN it needs an entry in its ARP table for the next machine. There is one table for the host and all containers together, however many network namespaces there are, and it has a limit: net.ipv4.neigh.default.gc_thresh3, 1024 unless somebody changed it. With that many entries in use a new one is refused, and the packet is thrown away: "neighbour: arp_cache: neighbor table overflow!" in the kernel's log, "No buffer space available" or nothing at all where it was sent.

Whom it hits is chance: who is in the table goes on as if nothing were the matter, who is not cannot be reached, and after a minute it is somebody else. It takes a large LAN (a /16 on which something scans), or hundreds of containers that talk to each other, since both ends of every pair take an entry.

Reported when the table is full now, or when the kernel refused an entry while the doctor was at work. That it was full at some time since the last start is history, and no fault. Entries that were set by hand (permanent) do not count towards the limit. The doctor's own questions leave at least a quarter of the room that is left.

Flushing the table, by hand or by cron, does not help: the entries are there because they are needed, and come back at once. Nor does a longer or shorter timeout.`,
      references: ['arp(7)', 'ip-ntable(8)', 'kernel: ip-sysctl.rst, neigh/default/gc_thresh3'],
    },
  },
  messages: {
    full: ({ entries, limit }: FullData) => ({
      what: `The kernel's ARP table is full: ${counted(entries, 'entry', 'entries')}, and the limit is ${limit.toString()}.`,
      why: 'It is one table for the host and all containers. Whoever is not in it yet cannot be reached, and who that is changes from minute to minute.',
      todo: 'Raise the limit.',
    }),
    refused: ({ refused, limit }: RefusedData) => ({
      what: `The kernel refused ${counted(refused, 'entry', 'entries')} in its ARP table during this run: the limit is ${limit.toString()}.`,
      why: 'It is one table for the host and all containers. A packet for which there is no entry is thrown away, and whom it hits changes from minute to minute.',
      todo: 'Raise the limit.',
    }),
  },
  evaluate({ neighbourTable: before }, context) {
    const { topology, facts } = context;
    const isUsed = topology.parents.some(
      ({ children, shims }) => children.length + shims.length > 0,
    );
    if (!isUsed) return { notApplicable: 'there is no macvlan link here' };
    const after = valueOf(facts.neighbourTableAfter);
    const refused = Math.max(0, (after?.tableFulls ?? 0) - before.tableFulls);
    const exempt = permanentEntries(context);
    const isFull = [before, after ?? before].every(
      (table) => table.entries - exempt >= table.gcThresh3,
    );
    if (refused === 0 || after === undefined) {
      return {
        findings: isFull ? [{ ...report(before, after), code: 'full', data: dataOf(before) }] : [],
      };
    }
    const data = { refused, limit: after.gcThresh3 };
    return { findings: [{ ...report(before, after), code: 'refused', data }] };
  },
});

interface FullData {
  readonly entries: number;
  readonly limit: number;
}

interface RefusedData {
  readonly refused: number;
  readonly limit: number;
}

function dataOf({ entries, gcThresh3 }: NeighbourTable): FullData {
  return { entries, limit: gcThresh3 };
}

/** The limit is not for these; of namespaces without macvlan links they are not known. */
function permanentEntries({ facts }: CheckContext): number {
  return (valueOf(facts.namespaces) ?? [])
    .flatMap(({ content }) => valueOf(content)?.neighbours ?? [])
    .filter(({ dst, state }) => state.includes('PERMANENT') && !dst.includes(':')).length;
}

function report(before: NeighbourTable, after: NeighbourTable | undefined) {
  const looks = after === undefined ? [before] : [before, after];
  const seen = looks.map(
    ({ entries, gcThresh3 }, index) =>
      `${counted(entries, 'entry', 'entries')} of all namespaces ${index === 0 ? 'at the start' : 'at the end'} (gc_thresh3 is ${gcThresh3.toString()})`,
  );
  const { tableFulls } = after ?? before;
  return {
    subject: HOST,
    evidence: [
      { from: 'neighbours', says: seen.join(', ') },
      {
        from: 'neighbours',
        says: `${counted(tableFulls, 'entry', 'entries')} refused since the machine was started`,
      },
    ],
    remedies: [raiseNeighbourLimit.request(null)],
    advice: [
      'If this LAN is small, look for what fills the table: something here scans the network. `ip -s neigh` in each namespace shows who is asked for.',
    ],
  };
}
