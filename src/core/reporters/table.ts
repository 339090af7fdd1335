// Borderless tables that fit: names give way first.
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

export interface TableContent {
  /** Drawn bold. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of names, which may be cut. */
  readonly flexible: readonly number[];
}

/** Lines of the table, indented. A cell too wide for its column is cut in the middle. */
export function tableLines({ head, rows, flexible }: TableContent, style: Style): string[] {
  const widths = fit(
    head.map((title, column) => widest([title, ...rows.map((row) => row[column] ?? '')])),
    flexible,
    style.width - INDENT.length,
  );
  const cut = (row: readonly string[]): string[] =>
    row.map((cell, column) => cutMiddle(cell, widths[column] ?? widthOf(cell)));
  const all = [head, ...rows].map((row) => cut(row));
  const isLong = all.length > ROWS_AT_ONCE;
  const [first = '', ...others] = piecesOf(all)
    .flatMap((piece) => drawn(piece, isLong ? { colWidths: widths } : {}))
    .map((line) => INDENT + line.trimEnd());
  return [style.bold(first), ...others];
}

/** Not all in one call: as many arguments as a table may have rows are too many. */
function widest(cells: readonly string[]): number {
  let most = 0;
  for (const cell of cells) most = Math.max(most, widthOf(cell));
  return most;
}

/** The layout of a table takes the square of its rows. */
const ROWS_AT_ONCE = 500;

function piecesOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, at) =>
    rows.slice(at * ROWS_AT_ONCE, (at + 1) * ROWS_AT_ONCE),
  );
}

function drawn(rows: readonly string[][], columns: { readonly colWidths?: number[] }): string[] {
  const table = new Table({
    ...columns,
    chars: { ...NO_BORDERS, middle: GAP },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString().split('\n');
}

/** Flexible columns give way first, the widest of them first; addresses only when nothing else is left. */
function fit(natural: readonly number[], flexible: readonly number[], columns: number): number[] {
  const widths = [...natural];
  const gaps = GAP.length * (widths.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, gaps) - columns;
  for (; excess > 0; excess -= 1) {
    const soft = flexible.filter((column) => (widths[column] ?? 0) > NARROWEST_CELL);
    const candidates = soft.length > 0 ? soft : [...widths.keys()];
    const widest = Math.max(...candidates.map((column) => widths[column] ?? 0));
    if (widest <= 1) break;
    const column = candidates.findLast((one) => widths[one] === widest) ?? 0;
    widths[column] = widest - 1;
  }
  return widths;
}
