// The counts of a JSON report, as the outputs of a GitHub Actions step.
import { readFileSync } from 'node:fs';

const { summary } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const name of ['fail', 'warn', 'undetermined', 'accepted']) {
  console.log(`${name}=${summary[name]}`);
}
