// Report → the terminal: worst first, every line earning its place, fit for 80 columns and for a pasted ticket.
import type { CheckResult, Report } from '../../model/report.js';
import { cleanReport } from './clean.js';
import { findingLine, findingLines } from './finding.js';
import { healthyLines, quietLine, titleLine, verdictLines } from './head.js';
import { inventoryLines } from './inventory.js';
import { matrixLines } from './matrix.js';
import { findingsOf, symptomsOf } from './order.js';
import { makeStyle, type Style, type TextOptions } from './style.js';
import { expectedLines } from './expected.js';
import { crashLines, fineLines, hiddenLines, noteLines, undecidedLines } from './tail.js';
import { wrap } from './width.js';

export type { TextOptions } from './style.js';

export function renderText(report: Report, options: TextOptions): string {
  const style = makeStyle(options);
  const clean = cleanReport(report);
  const lines = options.quiet ? quietLines(clean, style) : fullLines(clean, style);
  return `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function quietLines(report: Report, style: Style): string[] {
  return [
    quietLine(report, style),
    ...findingsOf(report).map((finding) => findingLine(finding, style)),
  ];
}

function fullLines(report: Report, style: Style): string[] {
  const findings = findingsOf(report);
  const isWell = findings.length === 0;
  const remarks = [
    ...crashLines(report, style),
    ...hiddenLines(report, style),
    ...undecidedLines(report, style),
    ...noteLines(report, style),
  ];
  const tables = [
    ...matrixLines(report, style),
    ...expectedLines(report, style),
    ...inventoryLines(report, style),
  ];
  const head = style.bold(titleLine(report, style));
  if (isWell && !style.verbose) return [head, ...healthyLines(report, style), ...remarks];
  return [
    head,
    ...(isWell ? healthyLines(report, style) : verdictLines(report, style)),
    '',
    ...blocks(report, findings, style),
    ...tables,
    ...fineLines(report, style),
    ...remarks,
  ];
}

/** Blocks of one check before the rest is only named: the fourth child with the same fault teaches nothing new. */
const BLOCKS_PER_CHECK = 3;

function blocks(report: Report, findings: readonly CheckResult[], style: Style): string[] {
  const shown = new Map<string, number>();
  return findings.flatMap((finding) => {
    const key = `${finding.check} ${finding.status}`;
    const count = (shown.get(key) ?? 0) + 1;
    shown.set(key, count);
    if (style.verbose || count <= BLOCKS_PER_CHECK) {
      return [...findingLines(finding, symptomsOf(finding, report), style), ''];
    }
    if (count > BLOCKS_PER_CHECK + 1) return [];
    const alike = findings.filter(({ check, status }) => `${check} ${status}` === key);
    return [...alikeLines(alike.slice(BLOCKS_PER_CHECK), style), ''];
  });
}

/** Names in one sentence before it turns into a list nobody reads. */
const NAMES_SHOWN = 12;

function alikeLines(rest: readonly CheckResult[], style: Style): string[] {
  const [first] = rest;
  if (first === undefined) return [];
  const names = rest.slice(0, NAMES_SHOWN).map((finding) => finding.subject.name);
  const more = rest.length > NAMES_SHOWN ? ', …' : '';
  const text = `… and ${rest.length.toString()} more ${first.check}, each with its own commands under -v: ${names.join(', ')}${more}`;
  return wrap(text, style.width - 2).map((line) => `  ${line}`);
}
