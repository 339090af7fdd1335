// Reading files, folders and links of this machine: synchronous, bounded in size, and never waiting for a pipe or a device.
import * as fs from 'node:fs';
import { type Fact, known, unknown } from '../../model/fact.js';
import { withFileBelow } from './file-below.js';
import type { FileDoor } from './host.js';

/** Large enough for any configuration file and for a kernel's configuration unpacked. */
const DEFAULT_LIMIT_BYTES = 1024 * 1024;

/** `/proc` tells no sizes, so reading goes by pieces: most files there are small, and the large ones very large. */
const FIRST_CHUNK_BYTES = 2 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** The door to this machine's files; what goes wrong becomes a Fact. */
export const fileDoor: FileDoor = {
  readText: (path, limitBytes = DEFAULT_LIMIT_BYTES) =>
    attempt(path, () => {
      const bytes = readBytes(path, limitBytes);
      return (path.endsWith('.gz') ? unpack(bytes, limitBytes) : bytes).toString('utf8');
    }),
  readTextBelow: (root, path, limitBytes = DEFAULT_LIMIT_BYTES) =>
    attempt(`${root}${path}`, () =>
      // Opened by its handle, it is the very file that was found.
      withFileBelow(root, path, (fd) =>
        readBytes(`/proc/self/fd/${fd.toString()}`, limitBytes).toString('utf8'),
      ),
    ),
  list: (path) => attempt(path, () => fs.readdirSync(path).toSorted()),
  readLink: (path) => attempt(path, () => fs.readlinkSync(path)),
  inode: (path) => attempt(path, () => fs.statSync(path).ino),
};

/** O_NONBLOCK: opening a pipe without a writer must not wait; O_NOCTTY: opening a terminal must not adopt it. */
function readBytes(path: string, limitBytes: number): Buffer {
  // Windows has neither of the last two: they are undefined there, which counts as 0.
  const { O_NOCTTY, O_NONBLOCK, O_RDONLY } = fs.constants;
  const fd = fs.openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    if (!fs.fstatSync(fd).isFile()) throw new NotAFile();
    const chunks: Buffer[] = [];
    for (let rest = limitBytes; rest > 0;) {
      const chunk = Buffer.allocUnsafe(
        Math.min(rest, chunks.length === 0 ? FIRST_CHUNK_BYTES : CHUNK_BYTES),
      );
      const length = fs.readSync(fd, chunk, 0, chunk.length, null);
      if (length === 0) break;
      chunks.push(chunk.subarray(0, length));
      rest -= length;
    }
    return Buffer.concat(chunks);
  } finally {
    fs.closeSync(fd);
  }
}

/** zlib is loaded only when something is packed. */
function unpack(bytes: Buffer, limitBytes: number): Buffer {
  return process.getBuiltinModule('node:zlib').gunzipSync(bytes, { maxOutputLength: limitBytes });
}

class NotAFile extends Error {
  readonly code = 'NOTAFILE';
}

const REASONS: ReadonlyMap<string, readonly ['absent' | 'denied' | 'failed', string]> = new Map(
  Object.entries({
    ENOENT: ['absent', 'does not exist'],
    ENOTDIR: ['absent', 'does not exist'],
    ESRCH: ['absent', 'belongs to a process that has ended'],
    EACCES: ['denied', 'may not be read by this user'],
    EPERM: ['denied', 'may not be read by this user'],
    EISDIR: ['failed', 'is a folder'],
    ELOOP: ['failed', 'is a circle of links'],
    NOTAFILE: ['failed', 'is not a regular file'],
    ERR_BUFFER_TOO_LARGE: ['failed', 'is too large when unpacked'],
  }),
);

function attempt<T>(path: string, look: () => T): Fact<T> {
  try {
    return known(look());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const [state, why] = REASONS.get(code) ?? [
      'failed',
      `could not be read (${code || 'unknown error'})`,
    ];
    return unknown(state, `${path} ${why}`);
  }
}
