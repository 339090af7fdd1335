// Writing what the user asked to keep. Safe as root in a folder that others can write to.
import { randomBytes } from 'node:crypto';
import { constants, lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';

/**
 * Makes the file or replaces it as a whole. Only a regular file is replaced: a symbolic link, a device or a folder in
 * its place is refused, and the text goes into a fresh file beside it that is then renamed, so nobody's link is followed.
 */
export async function writeOutputFile(file: string, text: string): Promise<void> {
  const fresh = path.join(path.dirname(file), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await refuseOddTarget(file);
    await writeFile(fresh, text, { flag: 'wx' });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    if (error instanceof DoctorError) throw error;
    throw unwritable(file, whyUnwritten(error));
  }
}

/**
 * Adds to a file that somebody else made, or makes it; `textFor` gets the size that it has. Never through a symbolic
 * link, and only to a regular file.
 */
export async function appendOutputFile(
  file: string,
  textFor: (size: number) => string,
): Promise<void> {
  try {
    await refuseOddTarget(file);
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
    const handle = await open(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o644);
    try {
      const { size } = await handle.stat();
      await handle.writeFile(textFor(size));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DoctorError) throw error;
    throw unwritable(file, whyUnwritten(error));
  }
}

async function refuseOddTarget(file: string): Promise<void> {
  const there = await lstat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined || there.isFile()) return;
  const kind = there.isDirectory() ? 'a folder' : 'something else than a regular file';
  throw unwritable(file, `it is ${kind}`);
}

export function unwritable(file: string, reason: string): DoctorError {
  return new DoctorError('unwritable-file', `cannot write ${printable(file)}: ${reason}`);
}

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left',
    EDQUOT: 'the quota is used up',
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is not a folder',
    ENAMETOOLONG: 'the name is too long',
  }),
);

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** As a clause. */
export function whyUnwritten(error: unknown): string {
  return (
    REASONS.get(codeOf(error)) ?? printable(error instanceof Error ? error.message : String(error))
  );
}
