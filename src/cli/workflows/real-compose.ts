// The Compose that is installed, asked how it reads the files: `config` alone, which makes nothing and asks no engine.
import type { CommandOptions, CommandResult } from '../../edge/host/command.js';
import { printable } from '../../model/text.js';

export type Run = (argv: readonly string[], options: CommandOptions) => Promise<CommandResult>;

export interface Question {
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** Of the environment, what Compose looks at by itself and what the files name. */
  readonly env: Readonly<Record<string, string>>;
}

/** `none`: no Compose of the second generation; `silent`: it did not end in time, or said too much. */
export type Answered =
  | { readonly kind: 'config'; readonly reader: string; readonly json: string }
  | { readonly kind: 'refused'; readonly reader: string; readonly says: string }
  | { readonly kind: 'silent'; readonly reader: string }
  | { readonly kind: 'none' };

const PROGRAMS = [['docker', 'compose'], ['docker-compose']] as const;
const VERSION_MS = 3000;
const CONFIG_MS = 10_000;
const LIMIT_BYTES = 8 * 1024 * 1024;

export async function askCompose(question: Question, run: Run): Promise<Answered> {
  for (const program of PROGRAMS) {
    const version = await versionOf(program, question, run);
    if (version !== undefined) {
      return configBy(program, `docker compose ${version}`, question, run);
    }
  }
  return { kind: 'none' };
}

/** The first generation has no answer in JSON. */
async function versionOf(
  program: readonly string[],
  { env }: Question,
  run: Run,
): Promise<string | undefined> {
  const options = { env, timeoutMs: VERSION_MS, limitBytes: LIMIT_BYTES };
  const { code, stdout } = await run([...program, 'version', '--short'], options);
  const [, version, major] = /^v?((\d+)\.[\w.+~-]+)\s*$/u.exec(stdout) ?? [];
  return code === 0 && Number(major) >= 2 ? version : undefined;
}

async function configBy(
  program: readonly string[],
  reader: string,
  { files, profiles, env }: Question,
  run: Run,
): Promise<Answered> {
  const words = [
    ...files.map((file) => `--file=${file}`),
    ...profiles.map((profile) => `--profile=${profile}`),
    'config',
    '--format=json',
  ];
  const options = { env: { ...env, ...NO_REMOTES }, timeoutMs: CONFIG_MS, limitBytes: LIMIT_BYTES };
  const { code, stdout, stderr } = await run([...program, ...words], options);
  if (code === 0) return { kind: 'config', reader, json: stdout };
  return code === null
    ? { kind: 'silent', reader }
    : { kind: 'refused', reader, says: complaintIn(stderr) };
}

/** What `include` could fetch from elsewhere is not fetched. */
const NO_REMOTES = {
  COMPOSE_EXPERIMENTAL_GIT_REMOTE: 'false',
  COMPOSE_EXPERIMENTAL_OCI_REMOTE: 'false',
} as const;

/** Warnings come first, as lines of a log. */
function complaintIn(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('time='));
  return printable(lines.join(' ')).slice(0, 1000) || 'it said nothing';
}
