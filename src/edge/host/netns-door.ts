// Looks from inside a network namespace at files that show the namespace of whoever reads them.
import { type Fact, known, unknown } from '../../model/fact.js';
import { fileDoor } from './files.js';
import type { NetnsDoor } from './host.js';
import { driverOf } from './link-driver.js';
import { inNetns, whyNotEntered } from './netns.js';
import { SyscallError } from './syscalls.js';

/** Node reads synchronously on the calling thread, the one that setns moves. */
export const netnsDoor: NetnsDoor = {
  readTexts: (path, files) =>
    attempt(path, () => inNetns(path, () => files.map((file) => fileDoor.readText(file)))),
  driverOf,
};

function attempt<T>(path: string | null, look: () => T): Fact<T> {
  try {
    return known(look());
  } catch (error) {
    const unentered = path === null ? undefined : whyNotEntered(path, error);
    if (unentered) return unentered;
    if (!(error instanceof SyscallError)) throw error;
    return unknown('failed', `the network namespace could not be entered (${error.message})`);
  }
}
