// Everything that CI asks, fast things first; stops at the first that fails.
import { run, setUp } from './set-up.js';

const STEPS = ['format:check', 'lint', 'types', 'floors', 'knip', 'check:gen', 'test'];

await setUp();
// The last step is left out where the caller runs the tests itself.
for (const step of process.argv.includes('--no-test') ? STEPS.slice(0, -1) : STEPS) {
  console.log(`\n== ${step}`);
  const code = run('npm', ['run', '--silent', step]);
  if (code !== 0) {
    console.error(`npm run ${step} failed`);
    process.exitCode = code;
    break;
  }
}
