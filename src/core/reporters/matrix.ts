// The reachability matrix: children × gateway, next sibling, host and shim.
import type { Report, ReportParent } from '../../model/report.js';
import { badness, isByArpOnly, reachRows, type Reach, type ReachRow } from './reach.js';
import type { Style } from './style.js';
import { tableLines } from './table.js';

/** Rows that a tired person reads; the rest is counted. */
export const ROWS_SHOWN = 12;

export function matrixLines(report: Report, style: Style): string[] {
  if (report.reachability.length === 0) return [];
  return report.topology.parents.flatMap((parent) => parentMatrix(report, parent, style));
}

function parentMatrix(report: Report, parent: ReportParent, style: Style): string[] {
  const { columns, rows, rest } = matrixOf(report, parent, style.verbose);
  if (rows.length === 0) return [];
  const title = report.topology.parents.length > 1 ? `on ${parent.name}` : 'who reaches whom';
  const head = [title, '', ...columns];
  const lines = rest === undefined ? [] : [`  … and ${rest} (-v shows all)`];
  return [...tableLines({ head, rows, flexible: [0] }, style), ...lines, ''];
}

export interface Matrix {
  /** Titles of what is behind the child and its address. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The rows that are not shown, in a few words. */
  readonly rest?: string;
}

/** One parent's children and whom they reach, as words. */
export function matrixOf(report: Report, parent: ReportParent, isVerbose: boolean): Matrix {
  const all = reachRows(report, parent);
  const { shown, rest } = pick(all, { verbose: isVerbose });
  const hasShim = parent.shims.length > 0;
  const rows = shown.map((row) => [
    row.child.label,
    firstAddress(row.child.addresses),
    cell(row.gateway),
    cell(row.sibling),
    cell(row.host),
    ...(hasShim ? [cell(row.shim)] : []),
  ]);
  return {
    columns: [gatewayTitle(all), 'next sibling', 'host', ...(hasShim ? ['shim'] : [])],
    rows,
    ...(rest.length === 0 ? {} : { rest: restText(rest) }),
  };
}

/** All when they fit or are wanted; else the worst first, and those whose gateway answers ARP only before those that it answers. */
export function pick(
  all: readonly ReachRow[],
  { verbose }: Pick<Style, 'verbose'>,
): { readonly shown: readonly ReachRow[]; readonly rest: readonly ReachRow[] } {
  if (verbose || all.length <= ROWS_SHOWN) return { shown: all, rest: [] };
  const doubt = ({ gateway }: ReachRow): number => Number(isByArpOnly(gateway));
  const sorted = all.toSorted((a, b) => badness(b) - badness(a) || doubt(b) - doubt(a));
  return { shown: sorted.slice(0, ROWS_SHOWN), rest: sorted.slice(ROWS_SHOWN) };
}

function restText(rest: readonly ReachRow[]): string {
  const bad = rest.filter((row) => badness(row) > 0).length;
  const state =
    bad === 0 ? 'all well' : `${bad === rest.length ? 'all' : bad.toString()} with a "no"`;
  return `${rest.length.toString()} more, ${state}`;
}

function gatewayTitle(rows: readonly ReachRow[]): string {
  const gateways = new Set(rows.flatMap((row) => row.child.gateways));
  const [only] = gateways;
  return gateways.size === 1 && only !== undefined
    ? `gateway .${only.split('.').at(-1) ?? ''}`
    : 'gateway';
}

/** None for an end that has a link-local address only, as the host's end of a macvtap does: nobody calls it by that. */
function firstAddress(addresses: readonly string[]): string {
  const first = addresses.find((address) => !address.startsWith('fe80:'));
  return first?.split('/')[0] ?? '';
}

function cell(reach: Reach): string {
  switch (reach.state) {
    case 'yes': {
      return reach.isUnexpected === true ? `${answer(reach)}, unexpected` : answer(reach);
    }
    case 'no': {
      if (reach.isByDesign === true) return 'no, by design';
      return reach.isUnexpected === true ? 'no, unexpected' : 'no';
    }
    case 'open': {
      return '?';
    }
    case 'none': {
      return '-';
    }
  }
}

function answer(reach: Reach & { readonly state: 'yes' }): string {
  if (isByArpOnly(reach)) return 'arp only';
  const time = reach.rttMs === undefined ? 'yes' : `${formatMs(reach.rttMs)} ms`;
  return reach.by === undefined ? time : `${time} ${reach.by}`;
}

export function formatMs(ms: number): string {
  if (ms < 0.1) return '<0.1';
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0);
}
