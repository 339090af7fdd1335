// The head of the terminal report: what was looked at, and how it is.
import type { Report, ReportParent } from '../../model/report.js';
import { findingsOf, idsOf, withStatus } from './order.js';
import { reachRows, type Reach } from './reach.js';
import { plural, type Style } from './style.js';
import { cutMiddle, wrap } from './width.js';

const LONGEST_NAME = 24;

export function titleLine(report: Report, style: Style): string {
  const parts = [
    `${report.tool.name} ${report.tool.version}`,
    cutMiddle(report.host.hostname, LONGEST_NAME),
    subjectOf(report),
    `${(report.durationMs / 1000).toFixed(1)} s`,
  ];
  return cutMiddle(parts.join('   '), style.width);
}

/** Everything in one line, for `-q`. */
export function quietLine(report: Report, style: Style): string {
  const parts = [
    verdictOf(report),
    cutMiddle(report.host.hostname, LONGEST_NAME),
    subjectOf(report),
  ];
  return cutMiddle(parts.join('   '), style.width);
}

export function verdictLines(report: Report, style: Style): string[] {
  return wrap(verdictOf(report), style.width - 2).map((line) => `  ${inkFor(report, style)(line)}`);
}

function inkFor({ summary }: Report, style: Style): (text: string) => string {
  if (summary.fail > 0) return style.red;
  return summary.warn > 0 ? style.yellow : style.green;
}

/** A well host: that it is well, and how hard we looked. */
export function healthyLines(report: Report, style: Style): string[] {
  const gaps = gapsOf(report);
  const well = `${wellWord(report)}: ${isBare(report) ? NOBODY : reachSentence(report)}`;
  const [first = [], second = []] = [
    gaps.length === 0 ? well : `${well} ${capitalised(gaps.join(', '))}.`,
    effort(report, style),
  ].map((text) => wrap(text, style.width - 2).map((line) => `  ${line}`));
  return [...first.map((line) => style.green(line)), ...second];
}

const NOBODY = 'no macvlan link and no macvlan network was found.';

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Nobody to examine. */
function isBare(report: Report): boolean {
  const { parents, orphanNetworks } = report.topology;
  return parents.length === 0 && orphanNetworks.length === 0;
}

/** The counts in one clause, and no names. */
export function verdictOf(report: Report): string {
  const findings = findingsOf(report);
  const problems = findings.filter((finding) => finding.status === 'fail').length;
  const warnings = findings.length - problems;
  const parts = [
    ...(problems > 0 ? [plural(problems, 'problem')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(findings.length === 0 ? [wellWord(report)] : []),
    ...gapsOf(report),
  ];
  return parts.join(', ');
}

function gapsOf(report: Report): string[] {
  const open = idsOf(withStatus(report, 'undetermined')).length;
  const crashed = withStatus(report, 'crashed').length;
  const accepted = withStatus(report, 'accepted').length;
  return [
    ...(accepted > 0 ? [`${plural(accepted, 'finding')} accepted`] : []),
    ...(open > 0 ? [`${plural(open, 'check')} not decided`] : []),
    ...(crashed > 0 ? [`${plural(crashed, 'check')} crashed`] : []),
  ];
}

function wellWord(report: Report): string {
  if (isBare(report)) return 'Nothing to examine';
  if (unseenOn(report.topology.parents) > 0) return 'Nothing wrong found in what could be seen';
  return gapsOf(report).length > 0 || report.reachability.length === 0
    ? 'Nothing wrong found'
    : 'All well';
}

export function subjectOf(report: Report): string {
  const { parents, orphanNetworks } = report.topology;
  if (parents.length === 0) {
    return orphanNetworks.length === 0
      ? 'no macvlan here'
      : `${plural(orphanNetworks.length, 'network')} without a parent`;
  }
  const children = parents.flatMap((parent) => parent.children).length;
  const [only] = parents;
  if (parents.length > 1 || only === undefined) {
    return `${plural(parents.length, 'parent')} with ${plural(children, 'child', 'children')}`;
  }
  return `${cutMiddle(only.name, LONGEST_NAME)} with ${inhabitantsOf(only)}`;
}

function inhabitantsOf(parent: ReportParent): string {
  const { children, shims, ipvlans = [] } = parent;
  const unseen = unseenOn([parent]);
  if (children.length === 0 && unseen > 0)
    return `${plural(unseen, 'link')} that could not be seen`;
  if (children.length === 0 && shims.length > 0) return plural(shims.length, 'shim');
  if (children.length === 0 && ipvlans.length > 0) return plural(ipvlans.length, 'ipvlan link');
  return children.length === 0 ? 'no child' : plural(children.length, 'child', 'children');
}

/** Links that the receive filters tell of, and that nobody found. */
function unseenOn(parents: readonly ReportParent[]): number {
  return parents.flatMap((parent) => parent.unseenMacs).length;
}

/** Only what was answered is claimed, and of everybody. */
function reachSentence(report: Report): string {
  if (report.reachability.length === 0) return 'who reaches whom was not tried.';
  const rows = report.topology.parents.flatMap((parent) => reachRows(report, parent));
  const claims = [
    claim(
      rows.map((row) => row.gateway),
      'its gateway',
    ),
    claim(
      rows.map((row) => row.sibling),
      'its next sibling',
    ),
    claim(
      rows.map((row) => row.host),
      'the host',
    ),
  ].filter((text) => text !== undefined);
  if (claims.length === 0) return 'nothing that was looked at is broken.';
  const children = rows.length === 1 ? 'the child reaches' : 'every child reaches';
  return `${children} ${listOf(claims)}.`;
}

function listOf(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

function claim(cells: readonly Reach[], whom: string): string | undefined {
  return cells.length > 0 && cells.every((cell) => cell.state === 'yes') ? whom : undefined;
}

function effort(report: Report, style: Style): string {
  const passed = report.summary.pass;
  const idle = report.summary.notApplicable;
  const looked = `${plural(passed, 'check')} passed${idle === 0 ? '' : `, ${idle.toString()} did not apply`}`;
  const sent =
    report.framesSent === 0 ? 'nothing sent' : `${plural(report.framesSent, 'frame')} sent`;
  const more = isBare(report) || style.verbose ? '' : ' -v shows who is there.';
  return `${looked}; ${sent}.${more}`;
}
