// `npm run fixture -- BUNDLE NAME`: a ticket becomes a golden host, fixtures/hosts/NAME, with what is found in it today to be looked over.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { inRoot } from './paths.js';
import { run, setUp } from './set-up.js';

const [file, name] = process.argv.slice(2);

function assertUsable() {
  if (file === undefined || name === undefined) {
    throw new Error('say which: npm run fixture -- BUNDLE NAME');
  }
  if (!/^[a-z\d]+(?:-[a-z\d]+)*$/.test(name)) {
    throw new Error('a golden host is called in lower case, with hyphens: vepa-without-hairpin');
  }
  if (existsSync(inRoot('fixtures/hosts', name))) {
    throw new Error(`there is a golden host ${name} already`);
  }
}

/** Exit codes of findings are none of failure. */
function saveFacts(snapshotFile) {
  const { status } = spawnSync(
    process.execPath,
    [inRoot('bin/run.js'), 'analyze', file, '--quiet', '--save', snapshotFile],
    { stdio: ['inherit', 'ignore', 'inherit'] },
  );
  if (status === 0 || status === 1) return;
  throw new Error('the bundle could not be read');
}

try {
  assertUsable();
  await setUp();
  const folder = inRoot('fixtures/hosts', name);
  mkdirSync(folder);
  try {
    saveFacts(`${folder}/snapshot.json`);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  // The golden test writes what it sees, and from then on holds every change against it.
  process.env['UPDATE'] = '1';
  process.exitCode = run(process.execPath, [
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    'test/golden/golden.test.ts',
    '-t',
    `^${name} `,
  ]);
  console.log(`fixtures/hosts/${name} is there: look over expected.json and report.txt`);
} catch (error) {
  console.error(`No fixture: ${error.message}`);
  process.exitCode = 2;
}
