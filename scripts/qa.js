// Everything that CI asks but the tests goes in two lanes side by side, since the longest step keeps one core busy; then the tests,
// one of which asks whether what is generated has drifted.
import { runAside } from './run-aside.js';
import { run, setUp } from './set-up.js';

const LANES = [['lint'], ['format:check', 'types', 'floors', 'knip']];

async function step(name) {
  const code = await runAside(name, 'npm', ['run', '--silent', name]);
  if (code !== 0) console.error(`npm run ${name} failed`);
  return code === 0;
}

/** True when every step passed; a lane stops at the first that fails. */
async function lane(names) {
  for (const name of names) {
    if (!(await step(name))) return false;
  }
  return true;
}

await setUp();
const lanes = await Promise.all(LANES.map((names) => lane(names)));
if (lanes.includes(false)) process.exitCode = 1;
// Left out where the caller runs the tests itself.
else if (!process.argv.includes('--no-test')) {
  process.exitCode = run('npm', ['run', '--silent', 'test']);
}
