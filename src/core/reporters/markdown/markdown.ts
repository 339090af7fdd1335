// Report → Markdown, for a ticket, a comment on a pull request or the summary of a step: a table, then one section per finding.
import { CATEGORIES } from '../../../model/check.js';
import type { CheckResult, Report, ReportParent } from '../../../model/report.js';
import { blocksOf, alikeText, namesText } from '../blocks.js';
import { cleanReport } from '../clean.js';
import { subjectOf, verdictOf } from '../head.js';
import { matrixOf } from '../matrix.js';
import { findingsOf, groupsOf, idsOf, reasonOf, symptomsOf, withStatus } from '../order.js';
import { acceptedText, nameOf, proseOf, subjectText } from '../prose.js';
import type { Reporter } from '../reporter.js';
import { plural } from '../style.js';
import { codeSpan, escapeProse, escapeText } from './escape.js';
import { folded, headingOf, sectionOf } from './section.js';
import { suggestionSections } from './suggestion.js';

export const renderMarkdown: Reporter = (report, { verbose, quiet }) => {
  const clean = cleanReport(report);
  const lines = [
    ...headLines(clean),
    ...findingsTable(findingsOf(clean)),
    ...(quiet ? [] : detailLines(clean, verbose)),
  ];
  return `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
};

function detailLines(report: Report, isVerbose: boolean): string[] {
  return [
    ...blocksOf(findingsOf(report), isVerbose).flatMap((block) =>
      block.kind === 'one'
        ? sectionOf(block.finding, symptomsOf(block.finding, report))
        : [`… and ${escapeText(`${alikeText(block)}: ${namesText(block)}`)}`, ''],
    ),
    ...report.topology.parents.flatMap((parent) => reachTable(report, parent, isVerbose)),
    ...acceptedLines(report),
    ...openLines(report),
    ...folded('What was looked at', fineLines(report)),
    ...report.notes.map((note) => `- ${escapeProse(note)}`),
    ...suggestionSections(report),
  ];
}

function headLines(report: Report): string[] {
  const { tool, host, durationMs, startedAt } = report;
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  return [
    `### ${tool.name}: ${escapeText(verdictOf(report))}`,
    '',
    `${codeSpan(host.hostname)}, ${escapeText(subjectOf(report))}; ${startedAt}, ${seconds}, version ${escapeText(tool.version)}`,
    '',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row)), ''];
}

/** Rows of the first table before the rest is only counted: GitHub takes 64 KiB of a comment. */
const ROWS_SHOWN = 50;

function findingsTable(findings: readonly CheckResult[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings.slice(0, ROWS_SHOWN).map((finding) => [
    finding.status.toUpperCase(),
    codeSpan(finding.check),
    finding.subject.kind === 'host'
      ? 'this host'
      : `${finding.subject.kind} ${codeSpan(finding.subject.name, true)}`,
    // A code span in a cell would need its bars escaped, which shells then see.
    escapeText(proseOf({ ...finding, why: '' }).join(' ')),
  ]);
  const rest = findings.length - ROWS_SHOWN;
  return [
    ...table(['', 'check', 'about', 'what'], rows),
    ...(rest > 0 ? [`… and ${rest.toString()} more.`, ''] : []),
  ];
}

function reachTable(report: Report, parent: ReportParent, isVerbose: boolean): string[] {
  if (report.reachability.length === 0) return [];
  const { columns, rows, rest } = matrixOf(report, parent, isVerbose);
  if (rows.length === 0) return [];
  const body = rows.map(([child = '', ...cells]) => [
    codeSpan(child, true),
    ...cells.map((cell) => escapeText(cell)),
  ]);
  return [
    `Who reaches whom on ${codeSpan(parent.name)}:`,
    '',
    ...table(['child', 'address', ...columns.map((column) => escapeText(column))], body),
    ...(rest === undefined ? [] : [`… and ${rest}.`, '']),
  ];
}

function acceptedLines(report: Report): string[] {
  const lines = [
    ...withStatus(report, 'accepted').map(
      (result) =>
        `- ${codeSpan(result.check)}, ${escapeText(`${subjectText(result)}: ${acceptedText(result)}`)}`,
    ),
    ...(report.staleEntries ?? []).map(
      ({ check, subject }) =>
        `- ${codeSpan(check)}, ${escapeText(nameOf(subject))}: in the baseline, and not found any more`,
    ),
  ];
  return lines.length === 0 ? [] : ['Accepted:', '', ...lines, ''];
}

function openLines(report: Report): string[] {
  const open = groupsOf(withStatus(report, 'undetermined'), reasonOf);
  const crashed = withStatus(report, 'crashed');
  const lines = [
    ...[...open].map(
      ([reason, results]) =>
        `- ${idsOf(results)
          .map((id) => codeSpan(id))
          .join(', ')}: ${escapeProse(reason)}`,
    ),
    ...crashed.map((result) => `- ${headingOf(result)}: a bug of macvlan-doctor`),
  ];
  return lines.length === 0 ? [] : ['Not decided:', '', ...lines, ''];
}

function fineLines(report: Report): string[] {
  const passed = withStatus(report, 'pass');
  return CATEGORIES.flatMap((category) => {
    const ids = idsOf(passed.filter((result) => result.category === category));
    return ids.length === 0
      ? []
      : [`- ${category}, ${plural(ids.length, 'check')} passed: ${ids.join(', ')}`];
  });
}
