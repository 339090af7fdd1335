// The report with every text made fit to print: names come from outside, and a name can hold an escape sequence.
import type { Report } from '../../model/report.js';
import { isPrintable, printable } from '../../model/text.js';

/** Texts of several lines: files to write, parts of compose files, and the stack of a crashed check. */
const MULTILINE = new Set(['content', 'compose', 'reason']);

export function cleanReport(report: Report): Report {
  return isClean(report) ? report : (clean(report, '') as Report);
}

/** Nearly every report is, and need not be put together anew. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return isPrintable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((inner) => isClean(inner));
}

function clean(value: unknown, key: string): unknown {
  if (typeof value === 'string') return MULTILINE.has(key) ? cleanLines(value) : printable(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, clean(inner, name)]),
  );
}

function cleanLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line.replaceAll('\t', '    ')))
    .join('\n');
}
