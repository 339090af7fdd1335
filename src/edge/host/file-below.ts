// Finds a file below a folder whose owner may be hostile: every step is held open, and no link leads out of the folder.
import * as fs from 'node:fs';

/** asm-generic/fcntl.h: a handle on the path alone. Nothing is opened by it that could wait, or be set going. */
const O_PATH = 0o10_000_000;
/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** Hands over an O_PATH handle of the file. Throws as the calls of node:fs do. */
export function withFileBelow<T>(root: string, path: string, act: (fd: number) => T): T {
  const { O_DIRECTORY } = fs.constants;
  /** From the root to where we are; a step up goes back to the one before. */
  const held = [fs.openSync(root, O_PATH | O_DIRECTORY)];
  try {
    return act(walk(held, path));
  } finally {
    leave(held, 0);
  }
}

/** The handle of what the path names. */
function walk(held: number[], path: string): number {
  const names = path.split('/');
  for (let links = 0; names.length > 0;) {
    const name = names.shift() ?? '';
    if (name === '..') leave(held, Math.max(1, held.length - 1));
    if (['', '.', '..'].includes(name)) continue;
    const step = `/proc/self/fd/${String(held.at(-1))}/${name}`;
    const fd = fs.openSync(step, O_PATH | fs.constants.O_NOFOLLOW);
    held.push(fd);
    if (!fs.fstatSync(fd).isSymbolicLink()) continue;
    if (++links > MOST_LINKS) throw Object.assign(new Error('links'), { code: 'ELOOP' });
    const target = fs.readlinkSync(step);
    leave(held, target.startsWith('/') ? 1 : held.length - 1);
    names.unshift(...target.split('/'));
  }
  return held.at(-1) ?? -1;
}

/** Closes all handles but the first `count`. */
function leave(held: number[], count: number): void {
  for (const fd of held.splice(count)) fs.closeSync(fd);
}
