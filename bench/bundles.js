// Support bundles: what one costs beside a run, what judging it costs beside a bare start, and what a stranger's file can take. Needs
// root and iproute2. Exits with 1 when a bound is missed.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bound, note, printBoard } from './board.js';
import { crowdedFiles } from './crowds.js';
import { hostileFiles } from './hostile.js';
import { DOCTOR, withLan } from './lan.js';
import { mediansOf, peakOf, timeOf } from './measure.js';

const CHILDREN = 50;
const RUNS = 9;
const STARTS = 21;
const WRONG_USE = 2;

const doctor = (...args) => [process.execPath, DOCTOR, ...args];

/** Makes bundles beside runs; returns one of them. */
async function make(folder) {
  let count = 0;
  const fresh = () => path.join(folder, `bundle-${(count += 1)}.tar.gz`);
  await withLan(CHILDREN, ({ host }) => {
    const inside = (...args) => ['nsenter', `--net=/run/netns/${host.netns}`, ...doctor(...args)];
    const bundle = () => inside('bundle', '--case', 'bench', '-o', fresh());
    const [runMs, bundleMs] = mediansOf(RUNS, inside('run'), bundle);
    note(`run, ${CHILDREN} children`, `${runMs.toFixed(0)} ms`);
    note(`bundle, ${CHILDREN} children`, `${bundleMs.toFixed(0)} ms`);
    bound('bundle against run', bundleMs / runMs, 1.3);
  });
  return path.join(folder, 'bundle-1.tar.gz');
}

function judge(file) {
  bound(`bundle of ${CHILDREN} children`, statSync(file).size / 1000, 1000, { unit: 'kB' });
  const [versionMs, textMs, jsonMs] = mediansOf(
    STARTS,
    doctor('--version'),
    doctor('analyze', file),
    doctor('analyze', file, '--json'),
  );
  note('--version', `${versionMs.toFixed(0)} ms`);
  bound('analyze against --version', textMs / versionMs, 2);
  bound('analyze --json against --version', jsonMs / versionMs, 2);
}

/** As a file, and on standard input. */
function refuse({ what, file }) {
  const isRefused = (code) => code === WRONG_USE;
  const piped = ['sh', '-c', 'file=$1; shift; exec "$@" <"$file"', 'sh', file];
  const ways = [
    ['', [], [DOCTOR, 'analyze', file]],
    [' on stdin', piped, [DOCTOR, 'analyze', '-']],
  ];
  for (const [way, before, argv] of ways) {
    const seconds = timeOf([...before, process.execPath, ...argv], isRefused) / 1000;
    bound(`${what}${way}: refused within`, seconds, 2, { unit: 's' });
    bound(`${what}${way}: memory`, peakOf(before, argv, isRefused), 150, { unit: 'MB' });
  }
}

/** It finds much; what counts is that it ends. */
function endure({ what, file }) {
  const isJudged = (code) => code <= 1;
  const seconds = timeOf([process.execPath, DOCTOR, 'analyze', file], isJudged) / 1000;
  bound(`as many ${what} as are read: judged within`, seconds, 30, { unit: 's' });
}

const folder = mkdtempSync(path.join(tmpdir(), 'macvlan-doctor-bench-'));
process.env['XDG_STATE_HOME'] = folder;
try {
  judge(await make(folder));
  for (const file of hostileFiles(folder)) refuse(file);
  for (const file of crowdedFiles(folder)) endure(file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
printBoard();
