// The report with every text made fit to print: names come from outside, and a name can hold an escape sequence.
import type { Report } from '../../model/report.js';
import { printable } from '../../model/text.js';

/** Texts of several lines: files to write, parts of compose files, and the stack of a crashed check. */
const MULTILINE = new Set(['content', 'compose', 'reason']);

export function cleanReport(report: Report): Report {
  return clean(report, '') as Report;
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
