// Runs a program beside others: what it says is kept, and printed in one piece at its end, so that lines do not mix.
import { spawn } from 'node:child_process';
import { root } from './paths.js';

/** Returns the exit code; `title` goes above what it said. */
export async function runAside(title, command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  process.stdout.write(`\n== ${title}\n${Buffer.concat(said).toString()}`);
  return code ?? 1;
}
