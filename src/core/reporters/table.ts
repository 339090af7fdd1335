// Borderless tables that fit: the first column gives way, then the widest.
import Table from 'cli-table3';
import type { Style } from './style.js';
import { cutMiddle, widthOf } from './width.js';

const INDENT = '  ';
const GAP = '  ';
/** Below this many columns a name says nothing. */
const NARROWEST_CELL = 8;

const NO_BORDERS = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((part) => [part, '']),
);

/** Lines of the table, indented; `head` is drawn bold. A cell too wide for its column is cut in the middle. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string[] {
  const widths = fit(
    head.map((title, column) =>
      Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ''))),
    ),
    style.width - INDENT.length,
  );
  const cut = (row: readonly string[]): string[] =>
    row.map((cell, column) => cutMiddle(cell, widths[column] ?? widthOf(cell)));
  const table = new Table({
    chars: { ...NO_BORDERS, middle: GAP },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(cut(head), ...rows.map((row) => cut(row)));
  const [first = '', ...others] = table
    .toString()
    .split('\n')
    .map((line) => INDENT + line.trimEnd());
  return [style.bold(first), ...others];
}

function fit(natural: readonly number[], columns: number): number[] {
  const widths = [...natural];
  const excess = (): number =>
    widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - columns;
  const [first = 0] = widths;
  widths[0] = Math.max(Math.min(first, NARROWEST_CELL), first - Math.max(0, excess()));
  while (excess() > 0) {
    const widest = Math.max(...widths);
    if (widest <= 1) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}
