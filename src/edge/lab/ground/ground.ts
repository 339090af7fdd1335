// What a lab stands on: the machine itself for root, a user namespace of its own for everybody else.
import { readFileSync } from 'node:fs';
import { DoctorError } from '../../../model/errors.js';
import { printable } from '../../../model/text.js';
import { runCommand, type CommandOptions, type CommandResult } from '../../host/command.js';
import type { ProcessIdentity } from './process-identity.js';

export interface Ground {
  /** Put before every command, so that it runs where the lab's namespaces are. */
  readonly prefix: readonly string[];
  /** The process that a user namespace lives by. */
  readonly holder?: ProcessIdentity;
  /** Runs a program there; throws a {@link DoctorError} when it fails. */
  readonly run: (argv: readonly string[], options?: CommandOptions) => Promise<string>;
  /** The same, and a failure is the caller's to judge. */
  readonly attempt: (argv: readonly string[], options?: CommandOptions) => Promise<CommandResult>;
}

/** CAP_NET_ADMIN and CAP_SYS_ADMIN (capabilities(7)): what named network namespaces take. */
const NEEDED = (1n << 12n) | (1n << 21n);

/** Whether this process may make namespaces on the machine itself. */
export function isPrivileged(): boolean {
  try {
    const effective = /^CapEff:\s*([\da-f]+)$/m.exec(
      readFileSync('/proc/self/status', 'utf8'),
    )?.[1];
    return process.geteuid?.() === 0 && (BigInt(`0x${effective ?? '0'}`) & NEEDED) === NEEDED;
  } catch {
    return false;
  }
}

export function groundOn(prefix: readonly string[], holder?: ProcessIdentity): Ground {
  const attempt = (argv: readonly string[], options?: CommandOptions) =>
    runCommand([...prefix, ...argv], options);
  return {
    prefix,
    ...(holder === undefined ? {} : { holder }),
    attempt,
    run: async (argv, options) => {
      const result = await attempt(argv, options);
      if (result.code === 0) return result.stdout;
      throw failure(argv, result, options?.input);
    },
  };
}

export const machineGround = (): Ground => groundOn([]);

const MISSING: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ip: 'there is no `ip` here: the lab needs iproute2 (Debian, Ubuntu: apt install iproute2; Fedora: dnf install iproute; Alpine: apk add iproute2)',
    unshare: 'there is no `unshare` here: without root the lab needs util-linux',
    nsenter: 'there is no `nsenter` here: without root the lab needs util-linux',
  }),
);

export const labImpossible = (sentence: string): DoctorError =>
  new DoctorError('lab-impossible', sentence);

/** Fails early, with one clear sentence, where there is no Linux or no iproute2. */
export async function requireIproute2(): Promise<void> {
  if (process.platform !== 'linux')
    throw labImpossible(
      `the lab is built from Linux network namespaces, and this is ${process.platform}`,
    );
  const version = await runCommand(['ip', '-V']);
  if (version.isMissing) throw labImpossible(MISSING.get('ip') ?? '');
  // BusyBox has an `ip` of its own, which knows neither namespaces nor batches.
  if (!version.stdout.includes('iproute2')) throw labImpossible(MISSING.get('ip') ?? '');
}

/** One sentence out of what a program said. */
function failure(argv: readonly string[], result: CommandResult, input?: string): DoctorError {
  const program = argv[0] ?? '';
  if (result.isMissing)
    return labImpossible(MISSING.get(program) ?? `there is no \`${program}\` here`);
  const said = result.stderr.trim().split('\n');
  const lines = argv.at(-1) === '-' ? (input ?? '').trim().split('\n') : [];
  // `ip -batch` ends with the number of the line that failed, or (ip neighbour) says nothing of it.
  const at = /^Command failed -:(\d+)$/.exec(said.at(-1) ?? '')?.[1];
  const line = (lines.length === 1 ? lines[0] : lines[Number(at) - 1]) ?? '';
  const command = `${argv.join(' ').replace(/ -batch -$/, '')} ${line}`.trim();
  const answer = said.filter((text) => !text.startsWith('Command failed')).join(' ');
  const told = printable(answer === '' ? `exit code ${String(result.code)}` : answer);
  return labImpossible(
    `the lab cannot be built here: \`${command}\` answered: ${told}${hint(answer)}`,
  );
}

function hint(answer: string): string {
  if (/unknown device type|not supported/i.test(answer))
    return ' (the lab needs a kernel with veth, bridge and macvlan links)';
  if (/not permitted|denied/i.test(answer))
    return ' (inside a container, the lab needs a privileged one)';
  return '';
}
