// Makes a fresh clone ready to run: packages when they are missing or older than the lock file, then the build.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { inRoot, root } from './paths.js';

function changedAt(...parts) {
  return statSync(inRoot(...parts), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Runs a program with this one's terminal, in the project's folder, and returns its exit code. */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  return status ?? 1;
}

function installPackages() {
  // npm leaves a copy of the lock file inside node_modules each time it installs.
  if (changedAt('node_modules', '.package-lock.json') >= changedAt('package-lock.json')) return;
  console.error('Installing packages (npm ci) …');
  const code = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}`);
}

/** iproute2, which the lab is built with, where it is missing and this user may install it. */
export function installIproute2() {
  if (spawnSync('ip', ['-V']).error === undefined) return;
  if (process.getuid() !== 0 || spawnSync('apt-get', ['--version']).error !== undefined) return;
  console.error('Installing iproute2 (apt-get) …');
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'iproute2']);
}

/** Whether dist/ was built after the last change to anything that goes into it. */
function isBuilt() {
  const sources = readdirSync(inRoot('src'), { recursive: true }).map((name) => `src/${name}`);
  const inputs = [...sources, 'scripts/build.js', 'package.json', 'package-lock.json'];
  const builtAt = changedAt('dist', 'cli', 'main.js');
  return inputs.every((input) => changedAt(input) < builtAt);
}

export async function setUp() {
  installPackages();
  if (isBuilt()) return;
  const { buildAll } = await import('./build.js');
  await buildAll();
}
