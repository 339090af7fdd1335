// Times and sizes of whole processes.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Milliseconds from start to end of a program, its output thrown away. Throws when it does not end as it should. */
export function timeOf(argv, isFine = (code) => code === 0) {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(argv[0], argv.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const durationMs = performance.now() - startedAt;
  if (!isFine(status)) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`);
  return durationMs;
}

/**
 * Medians of several programs, run in turn so that a slow moment of the machine hits all of them. A program that cannot be
 * started twice the same way is a function that says how.
 */
export function mediansOf(times, ...programs) {
  const durations = programs.map(() => []);
  for (let round = 0; round < times; round += 1) {
    for (const [at, program] of programs.entries()) {
      durations[at].push(timeOf(typeof program === 'function' ? program() : program));
    }
  }
  return durations.map((values) => median(values));
}

/**
 * Peak resident memory of a Node program, in MB, as it says itself when it ends. `argv` follows after `node`. VmHWM: the peak
 * that getrusage(2) tells begins with that of whoever started the program.
 */
export function peakOf(prefix, argv, isFine) {
  const folder = mkdtempSync(path.join(tmpdir(), 'macvlan-doctor-bench-'));
  const file = path.join(folder, 'peak');
  const noteDown = `
    import { readFileSync, writeFileSync } from 'node:fs';
    const noted = () => writeFileSync(${JSON.stringify(file)}, readFileSync('/proc/self/status'));
    process.on('exit', noted);
  `;
  const hook = `data:text/javascript,${encodeURIComponent(noteDown)}`;
  try {
    timeOf([...prefix, process.execPath, '--import', hook, ...argv], isFine);
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function finished(argv) {
  return new Promise((resolve, reject) => {
    const child = spawn(argv[0], argv.slice(1), { stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** Milliseconds for many lists of programs, each list in order, `width` lists at a time. */
export async function timeOfLists(lists, width) {
  const startedAt = performance.now();
  const waiting = [...lists];
  const work = async () => {
    for (let list = waiting.shift(); list !== undefined; list = waiting.shift()) {
      for (const argv of list) await finished(argv);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return performance.now() - startedAt;
}
