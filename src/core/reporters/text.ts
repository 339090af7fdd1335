// Report → the terminal: worst first, every line earning its place, fit for 80 columns and for a pasted ticket.
import type { CheckResult, Report } from '../../model/report.js';
import { alikeText, blocksOf, namesText, type AlikeBlock } from './blocks.js';
import { cleanReport } from './clean.js';
import { findingLine, findingLines } from './finding.js';
import { healthyLines, quietLine, titleLine, verdictLines } from './head.js';
import { inventoryLines } from './inventory.js';
import { matrixLines } from './matrix.js';
import { findingsOf, symptomsOf } from './order.js';
import { preflightLines } from './preflight.js';
import { makeStyle, type Style, type TextOptions } from './style.js';
import { expectedLines } from './expected.js';
import {
  acceptedLines,
  crashLines,
  fineLines,
  hiddenLines,
  noteLines,
  undecidedLines,
} from './tail.js';
import { suggestionLines } from './suggestion.js';
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
    // Asked for by a flag of its own.
    ...suggestionLines(report, style),
  ];
}

function fullLines(report: Report, style: Style): string[] {
  const findings = findingsOf(report);
  const isWell = findings.length === 0;
  const remarks = [
    ...crashLines(report, style),
    ...hiddenLines(report, style),
    ...acceptedLines(report, style),
    ...undecidedLines(report, style),
    ...noteLines(report, style),
  ];
  const tables = [
    ...matrixLines(report, style),
    ...expectedLines(report, style),
    ...inventoryLines(report, style),
  ];
  const head = style.bold(titleLine(report, style));
  const answers = preflightLines(report, style);
  const suggested = suggestionLines(report, style);
  if (isWell && !style.verbose) {
    return [head, ...answers, ...healthyLines(report, style), ...remarks, ...suggested];
  }
  return [
    head,
    ...answers,
    ...(isWell ? healthyLines(report, style) : verdictLines(report, style)),
    '',
    ...blocks(report, findings, style),
    ...tables,
    ...fineLines(report, style),
    ...remarks,
    ...suggested,
  ];
}

function blocks(report: Report, findings: readonly CheckResult[], style: Style): string[] {
  return blocksOf(findings, style.verbose).flatMap((block) =>
    block.kind === 'one'
      ? [...findingLines(block.finding, symptomsOf(block.finding, report), style), '']
      : [...alikeLines(block, style), ''],
  );
}

function alikeLines(block: AlikeBlock, style: Style): string[] {
  const text = `… and ${alikeText(block)}, each with its own commands under -v: ${namesText(block)}`;
  return wrap(text, style.width - 2).map((line) => `  ${line}`);
}
