// The inventory: parents, the children and shims on them, and the networks that put them there.
import type { Report, ReportIpvlan, ReportParent, ReportShim } from '../../model/report.js';
import { pick, ROWS_SHOWN } from './matrix.js';
import { reachRows, type ReachRow } from './reach.js';
import type { Style } from './style.js';
import { tableLines } from './table.js';
import { wrap } from './width.js';

/** Who stands on a parent is written a step further in. */
const INSIDE = '  ';

export function inventoryLines(report: Report, style: Style): string[] {
  const orphans = report.topology.orphanNetworks;
  return [
    ...report.topology.parents.flatMap((parent) => [...parentLines(report, parent, style), '']),
    ...(orphans.length === 0
      ? []
      : [...prose(`networks whose parent is not here: ${orphans.join(', ')}`, style), '']),
  ];
}

function parentLines(report: Report, parent: ReportParent, style: Style): string[] {
  const { shown, rest } = pick(reachRows(report, parent), style);
  const ipvlans = parent.ipvlans ?? [];
  const most = style.verbose ? undefined : ROWS_SHOWN;
  const [shims, cousins] = [parent.shims.slice(0, most), ipvlans.slice(0, most)];
  const hidden = rest.length + parent.shims.length - shims.length + ipvlans.length - cousins.length;
  const hasNetworks = [...parent.children, ...ipvlans].some(({ network }) => network !== undefined);
  const head = [
    parent.name,
    parent.addresses[0] ?? '',
    stateOf(parent),
    parent.mac,
    ...(hasNetworks ? ['network'] : []),
  ];
  const rows = [
    ...shims.map((shim) => shimRow(shim)),
    ...shown.map((row) => childRow(row, hasNetworks)),
    ...cousins.map((ipvlan) => ipvlanRow(ipvlan, hasNetworks)),
  ];
  return [
    ...tableLines({ head, rows, flexible: [0, 4] }, style),
    ...(hidden === 0 ? [] : [`  … and ${hidden.toString()} more`]),
    ...(style.verbose ? ['', ...homeLines(parent, style)] : []),
    ...(style.verbose ? ['', ...prose(parent.promiscuity.verdict, style)] : []),
  ];
}

/** Where each child can be entered: too long for a column of the inventory. */
function homeLines(parent: ReportParent, style: Style): string[] {
  const rows = [...parent.children, ...(parent.ipvlans ?? [])].map((one) => [
    one.label,
    one.link,
    one.netns,
  ]);
  return rows.length === 0
    ? []
    : tableLines({ head: ['child', 'link', 'network namespace'], rows, flexible: [0, 2] }, style);
}

function stateOf(parent: ReportParent): string {
  return `${parent.operstate.toLowerCase()}, mtu ${parent.mtu.toString()}`;
}

function childRow({ child }: ReachRow, hasNetworks: boolean): string[] {
  return [
    INSIDE + child.label,
    addressesOf(child.addresses),
    child.isUp ? child.mode : `${child.mode}, down`,
    child.mac,
    ...(hasNetworks ? [child.network ?? ''] : []),
  ];
}

function ipvlanRow(ipvlan: ReportIpvlan, hasNetworks: boolean): string[] {
  return [
    INSIDE + ipvlan.label,
    addressesOf(ipvlan.addresses),
    `ipvlan ${ipvlan.mode}${ipvlan.isUp ? '' : ', down'}`,
    ipvlan.mac,
    ...(hasNetworks ? [ipvlan.network ?? ''] : []),
  ];
}

function shimRow(shim: ReportShim): string[] {
  const mode = `${shim.mode} shim${shim.isUp ? '' : ', down'}`;
  return [INSIDE + shim.name, addressesOf(shim.addresses), mode, shim.mac];
}

/** The first that is not link-local, and how many others there are. */
function addressesOf(addresses: readonly string[]): string {
  const useful = addresses.filter((address) => !address.startsWith('fe80:'));
  const [first] = useful;
  if (first === undefined) return 'no address';
  return useful.length === 1 ? first : `${first} +${(useful.length - 1).toString()}`;
}

function prose(text: string, style: Style): string[] {
  return wrap(text, style.width - 2).map((line) => `  ${line}`);
}
