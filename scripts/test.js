// Runs the tests on whatever state the clone is in, hands on arguments to vitest, and counts in one line at the end.
import { readFileSync, rmSync } from 'node:fs';
import { inRoot } from './paths.js';
import { run, setUp } from './set-up.js';

const RESULTS = inRoot('.vitest', 'results.json');

function countLine() {
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped`;
}

await setUp();
rmSync(RESULTS, { force: true });
process.exitCode = run(process.execPath, [
  inRoot('node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${RESULTS}`,
  ...process.argv.slice(2),
]);
console.log(countLine());
