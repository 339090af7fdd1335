// Runs the tests on whatever state the clone is in, hands on arguments to vitest, and counts in one line at the end. Without
// arguments that is all but those in the virtual machine; --vm is those alone, and --all both, one after the other.
import { readFileSync, rmSync } from 'node:fs';
import { inRoot } from './paths.js';
import { run, setUp } from './set-up.js';

const OUTSIDE = ['--project', '!vm'];
const INSIDE = ['--project', 'vm'];

/** The arguments of one vitest each. */
function runsFor([first, ...rest]) {
  if (first === '--vm') return [[...INSIDE, ...rest]];
  if (first === '--all') return [INSIDE, [...OUTSIDE, ...rest]];
  if (first === undefined) return [OUTSIDE];
  const isChosen = [first, ...rest].some((word) => word.startsWith('--project'));
  return [[...(isChosen ? [] : OUTSIDE), first, ...rest]];
}

/** Runs vitest once and returns its exit code and what it counted. */
function runOnce(args, index) {
  const file = inRoot('.vitest', `results-${index}.json`);
  rmSync(file, { force: true });
  const code = run(process.execPath, [
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ]);
  return { code, results: JSON.parse(readFileSync(file, 'utf8')) };
}

function countLine(all) {
  const sum = (...keys) =>
    all.flatMap(({ results }) => keys.map((key) => results[key])).reduce((a, b) => a + b, 0);
  const skipped = sum('numPendingTests', 'numTodoTests');
  return `${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${skipped} skipped`;
}

await setUp();
const all = runsFor(process.argv.slice(2)).map((args, index) => runOnce(args, index));
process.exitCode = Math.max(...all.map(({ code }) => code));
console.log(countLine(all));
