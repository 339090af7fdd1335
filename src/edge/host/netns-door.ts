// Looks from inside a network namespace: at files that show the namespace of the reader, and by programs born there.
import { type Fact, known, unknown } from '../../model/fact.js';
import { type CommandResult, runCommand } from './command.js';
import { fileDoor } from './files.js';
import type { NetnsDoor } from './host.js';
import { driverOf } from './link-driver.js';
import { inNetns, whyNotEntered } from './netns.js';
import { SyscallError } from './syscalls.js';

/** Node reads synchronously on the calling thread, the one that setns moves. */
export const netnsDoor: NetnsDoor = {
  readTexts: (path, files) =>
    attempt(path, () => inNetns(path, () => files.map((file) => fileDoor.readText(file)))),
  read: readByProgram,
  driverOf,
};

/** A listing of filters takes milliseconds; a machine in such trouble that it does not must not hold us up. */
const PROGRAM_TIMEOUT_MS = 2000;
/** Ten thousand rules are a few MiB. */
const PROGRAM_LIMIT_BYTES = 16 * 1024 * 1024;
/** Where programs of the administrator's are that an ordinary PATH leaves out. */
const SYSTEM_FOLDERS = '/usr/local/sbin:/usr/sbin:/sbin';

async function readByProgram(
  path: string | null,
  argv: readonly [string, ...string[]],
): Promise<Fact<string>> {
  const started = attempt(path, () => {
    // The fork is over when this returns; what is waited for afterwards is only the output.
    return inNetns(path, () => ({
      result: runCommand(argv, {
        timeoutMs: PROGRAM_TIMEOUT_MS,
        limitBytes: PROGRAM_LIMIT_BYTES,
        morePath: SYSTEM_FOLDERS,
      }),
    }));
  });
  return started.state === 'known' ? textOf(argv[0], await started.value.result) : started;
}

function textOf(program: string, { code, stdout, stderr, isMissing }: CommandResult): Fact<string> {
  if (isMissing) return unknown('absent', `${program} is not installed`);
  if (code === 0) return known(stdout);
  if (code === null) return unknown('failed', `${program} did not end in time`);
  const [line = ''] = stderr.trim().split('\n');
  if (/operation not permitted|permission denied|must be root/i.test(stderr)) {
    return unknown('denied', `${program} needs root`);
  }
  return unknown('failed', `${program} ended with code ${code.toString()}: ${line.slice(0, 200)}`);
}

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
