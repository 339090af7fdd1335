// What was measured, as a table with bounds; the process exits with 1 when one is missed.

const rows = [];

/** A value that must keep within a limit. */
export function bound(what, value, limit, { atLeast = false, unit = '×' } = {}) {
  const isMet = atLeast ? value >= limit : value <= limit;
  const relation = atLeast ? '≥' : '≤';
  rows.push([
    what,
    `${value.toFixed(1)} ${unit}`,
    `${relation} ${limit} ${unit}`,
    isMet ? 'ok' : 'MISSED',
  ]);
}

export function note(what, value) {
  rows.push([what, value, '', '']);
}

export function printBoard() {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  process.exitCode = rows.some((row) => row[3] === 'MISSED') ? 1 : 0;
}
