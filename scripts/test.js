// Runs the tests on whatever state the clone is in, hands on arguments to vitest, and counts in one line at the end. Without
// arguments that is all but those in the virtual machine; --vm is those alone, and --all both.
import { readFileSync, rmSync } from 'node:fs';
import { inRoot } from './paths.js';
import { runAside } from './run-aside.js';
import { run, setUp } from './set-up.js';

/**
 * The projects of vitest.config.ts, in the order of their turns; in a turn some go side by side. The virtual machine keeps one core
 * busy, beside what waits for no network; an engine sees the containers of another one, and so its tests are never two at a time.
 */
const TURNS = JSON.parse(readFileSync(inRoot('scripts', 'test-turns.json'), 'utf8'));
const named = (names) => names.flatMap((name) => ['--project', name]);
const INSIDE = named(['vm']);
const OUTSIDE = named(
  TURNS.flat()
    .flat()
    .filter((name) => name !== 'vm'),
);

/** The arguments of one vitest each: turns, and in each those that run side by side. */
function turnsFor([first, ...rest]) {
  if (first === '--vm') return [[[...INSIDE, ...rest]]];
  if (first === '--all')
    return TURNS.map((turn) => turn.map((names) => [...named(names), ...rest]));
  if (first === undefined) return [[OUTSIDE]];
  const isChosen = [first, ...rest].some((word) => word.startsWith('--project'));
  return [[[...(isChosen ? [] : OUTSIDE), first, ...rest]]];
}

const resultsOf = (index) => inRoot('.vitest', `results-${index}.json`);

function vitestArgs(args, index) {
  rmSync(resultsOf(index), { force: true });
  return [
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${resultsOf(index)}`,
    ...args,
  ];
}

/** The exit codes of all runs; what several at once say is printed when each is done. */
async function runTurns(turns) {
  const codes = [];
  for (const turn of turns) {
    const all = turn.map((args, at) => vitestArgs(args, codes.length + at));
    const [only] = all;
    codes.push(
      ...(all.length === 1
        ? [run(process.execPath, only)]
        : await Promise.all(
            all.map((args, at) => runAside(turn[at].join(' '), process.execPath, args)),
          )),
    );
  }
  return codes;
}

function countLine(indexes) {
  const all = indexes.map((index) => JSON.parse(readFileSync(resultsOf(index), 'utf8')));
  const sum = (...keys) =>
    all.flatMap((results) => keys.map((key) => results[key])).reduce((a, b) => a + b, 0);
  const skipped = sum('numPendingTests', 'numTodoTests');
  return `${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${skipped} skipped`;
}

await setUp();
const codes = await runTurns(turnsFor(process.argv.slice(2)));
process.exitCode = Math.max(...codes);
console.log(countLine(codes.map((_code, index) => index)));
