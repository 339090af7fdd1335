// The inventory: parents, the children and shims on them, and the networks that put them there.
import type { Report, ReportParent, ReportShim } from '../../model/report.js';
import { pick } from './matrix.js';
import { reachRows, type ReachRow } from './reach.js';
import type { Style } from './style.js';
import { tableLines } from './table.js';
import { wrap } from './width.js';

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
  const hasNetworks = parent.children.some((child) => child.network !== undefined);
  const head = [
    parent.name,
    parent.addresses[0] ?? '',
    stateOf(parent),
    parent.mac,
    ...(hasNetworks ? ['network'] : []),
    ...(style.verbose ? ['in'] : []),
  ];
  const rows = [
    ...parent.shims.map((shim) => shimRow(shim)),
    ...shown.map((row) => childRow(row, hasNetworks, style)),
  ];
  return [
    ...tableLines(head, rows, style),
    ...(rest.length === 0 ? [] : [`  … and ${rest.length.toString()} more`]),
    ...(style.verbose ? prose(parent.promiscuity.verdict, style) : []),
  ];
}

function stateOf(parent: ReportParent): string {
  return `${parent.operstate.toLowerCase()}, mtu ${parent.mtu.toString()}`;
}

function childRow({ child }: ReachRow, hasNetworks: boolean, style: Style): string[] {
  return [
    child.label,
    addressesOf(child.addresses),
    child.isUp ? child.mode : `${child.mode}, down`,
    child.mac,
    ...(hasNetworks ? [child.network ?? ''] : []),
    ...(style.verbose ? [`${child.link} in ${child.netns}`] : []),
  ];
}

function shimRow(shim: ReportShim): string[] {
  const mode = `${shim.mode} shim${shim.isUp ? '' : ', down'}`;
  return [shim.name, addressesOf(shim.addresses), mode, shim.mac];
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
