// What bin/run.js starts: oclif, from the bundle, with every ending that no command has taken care of.
import { Errors, run } from '@oclif/core';
import { fileURLToPath } from 'node:url';
import { OUR_BUG, WRONG_USE } from './exit-code.js';
import { mindLostOutput } from './lost-output.js';
import { printable } from '../model/text.js';

/** No plug-ins: nothing of a user's home is read, let alone run, by a program that is started as root. */
const NO_PLUGINS = { userPlugins: false, devPlugins: false };

/** Runs the command that the arguments name; `dir` is a file URL inside the package. */
export async function execute({ dir }: { readonly dir: string }): Promise<void> {
  mindLostOutput();
  try {
    await run(spokenFor(process.argv.slice(2)), { root: rootOf(dir), ...NO_PLUGINS });
  } catch (error) {
    end(error);
  }
}

/** The package's folder, from a file URL in `bin/`. */
function rootOf(dir: string): string {
  return fileURLToPath(new URL('..', dir));
}

/** `help run`, as people type it. */
function spokenFor(args: readonly string[]): string[] {
  const [first, ...rest] = args;
  return first === 'help' ? [...rest, '--help'] : [...args];
}

function end(error: unknown): void {
  // `--help` and `--version` end with an error that is none.
  if (error instanceof Errors.ExitError) {
    process.exitCode = error.oclif.exit ?? 0;
    return;
  }
  const name = missingCommand(error);
  const text =
    name === undefined
      ? `${String(error instanceof Error ? error.stack : error)}\nThis is a bug of macvlan-doctor.`
      : `there is no command ${printable(name)}; macvlan-doctor --help lists the commands there are.`;
  process.stderr.write(`macvlan-doctor: ${text}\n`);
  process.exitCode = name === undefined ? OUR_BUG : WRONG_USE;
}

/** oclif has no class for this error; its words are all there is to know it by (Config.runCommand). */
function missingCommand(error: unknown): string | undefined {
  if (!(error instanceof Errors.CLIError)) return undefined;
  return /^command (.*) not found$/su.exec(error.message)?.[1]?.replaceAll(':', ' ');
}
