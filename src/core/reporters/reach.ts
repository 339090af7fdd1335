// Who reaches whom, read from the probes of a report: one row per child, one answer per question.
import { oncePer } from '../../model/once-per.js';
import type { Reachability, Report, ReportChild, ReportParent } from '../../model/report.js';

/** `open`: not asked, or our side went wrong; `none`: there is nobody to ask. */
export type Reach =
  | {
      readonly state: 'yes';
      readonly rttMs: number | undefined;
      readonly by?: string;
      readonly isUnexpected?: boolean;
    }
  | { readonly state: 'no'; readonly isByDesign?: boolean; readonly isUnexpected?: boolean }
  | { readonly state: 'open' }
  | { readonly state: 'none' };

export interface ReachRow {
  readonly child: ReportChild;
  readonly gateway: Reach;
  readonly sibling: Reach;
  readonly host: Reach;
  /** Only where the parent has a shim. */
  readonly shim: Reach;
}

/** Asked for by every part of a report that speaks of a parent's children. */
export function reachRows(report: Report, parent: ReportParent): readonly ReachRow[] {
  return rowsOf(report)(parent);
}

const rowsOf = oncePer((report: Report) =>
  oncePer((parent: ReportParent) => rowsOn(report, parent)),
);

function rowsOn(report: Report, parent: ReportParent): readonly ReachRow[] {
  const probes = report.reachability.filter((probe) => probe.parent === parent.name);
  const [byFrom, byTo] = [byEnd(probes, 'from'), byEnd(probes, 'to')];
  const byDesign = isIsolationByDesign(report, parent);
  return parent.children.toSorted(byLabel).map((child) => {
    const end = endpointOf(child);
    const [from, to] = [byFrom.get(end) ?? [], byTo.get(end) ?? []];
    return {
      child,
      gateway: gatewayReach(child, from),
      sibling: reach(from, ['sibling-icmp']),
      host: hostReach(from, to, byDesign),
      shim: reach(to, ['shim-child-icmp']),
    };
  });
}

function byEnd(
  probes: readonly Reachability[],
  side: 'from' | 'to',
): ReadonlyMap<string, readonly Reachability[]> {
  const ends = new Map<string, Reachability[]>();
  for (const probe of probes) {
    const known = ends.get(probe[side]);
    if (known === undefined) ends.set(probe[side], [probe]);
    else known.push(probe);
  }
  return ends;
}

/** `web-2` before `web-10`. */
const NATURAL = new Intl.Collator('en', { numeric: true });

function byLabel(a: ReportChild, b: ReportChild): number {
  return NATURAL.compare(a.label, b.label);
}

/** The end's name in probes, as model/topology.ts has it. */
function endpointOf(child: ReportChild): string {
  return child.container === undefined ? `child:${child.name}` : `container:${child.label}`;
}

/** 0 for a row in which nothing is amiss; the more it hurts, the higher. */
export function badness(row: ReachRow): number {
  const weights = [
    { cell: row.gateway, weight: 4 },
    { cell: row.sibling, weight: 2 },
    { cell: row.host, weight: 1 },
    { cell: row.shim, weight: 1 },
  ];
  return weights
    .filter(({ cell }) => cell.state === 'no' && cell.isByDesign !== true)
    .reduce((sum, { weight }) => sum + weight, 0);
}

/** No ping came back. Many gateways are so, and a gateway is with a child whose address it has under another MAC. */
export function isByArpOnly(reach: Reach): boolean {
  return reach.state === 'yes' && reach.by === 'arp';
}

function gatewayReach(child: ReportChild, from: readonly Reachability[]): Reach {
  const icmp = reach(from, ['gateway-icmp']);
  if (icmp.state === 'yes') return icmp;
  const arp = reach(from, ['gateway-arp-child', 'gateway-arp-again']);
  if (arp.state === 'yes') return { ...arp, by: 'arp' };
  const tcp = reach(
    from.filter(({ to }) => to.startsWith('gateway:')),
    ['service-tcp'],
  );
  if (tcp.state === 'yes') return { ...tcp, by: 'tcp' };
  if (child.gateways.length === 0) return { state: 'none' };
  return icmp.state === 'no' && arp.state === 'open' ? icmp : arp;
}

function hostReach(
  from: readonly Reachability[],
  to: readonly Reachability[],
  isByDesign: boolean,
): Reach {
  const there = reach(to, ['host-child-icmp', 'host-child-arp']);
  const back = reach(from, ['child-host-icmp', 'child-shim-icmp']);
  if (there.state === 'yes') return back.state === 'no' ? { ...there, by: 'to it' } : there;
  if (there.state === 'no' && back.state === 'yes') return { ...back, by: 'from it' };
  if (there.state === 'no') return { ...there, isByDesign };
  return back.state === 'no' ? { ...back, isByDesign } : back;
}

/** The first answer among the probes, in the order given; silence only when nothing answered and something was sent. */
function reach(list: readonly Reachability[], probes: readonly string[]): Reach {
  const asked = list.filter((one) => probes.includes(one.probe));
  const answers = asked.filter((one) => one.answered);
  if (answers.length > 0) {
    const times = answers.map((one) => one.rttMs).filter((rtt) => rtt !== undefined);
    return {
      state: 'yes',
      rttMs: times.length === 0 ? undefined : Math.min(...times),
      isUnexpected: answers.every(({ predicted }) => predicted?.agreement === 'unexpected-answer'),
    };
  }
  if (asked.every((one) => one.error !== undefined || one.sent === 0)) return { state: 'open' };
  const isUnexpected = asked.some(({ predicted }) => predicted?.agreement === 'unexpected-silence');
  return { state: 'no', isUnexpected };
}

/** A shim is there to end the isolation: with one, silence is no longer what anybody designed. */
function isIsolationByDesign(report: Report, parent: ReportParent): boolean {
  return report.results.some(
    (result) =>
      result.check === 'host-child-isolation' &&
      // What a router does not bring there is no design of macvlan's.
      result.code !== 'routed' &&
      result.subject.name === parent.name &&
      (result.status === 'warn' ||
        result.status === 'fail' ||
        result.status === 'accepted' ||
        (result.status === 'suppressed' && parent.shims.length === 0)),
  );
}
