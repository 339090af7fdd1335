// Compose files from the disk: which ones, what is beside them, and every mistake as one sentence.
import path from 'node:path';
import { readDotEnv } from '../../core/parse/compose/dot-env.js';
import { planOfCompose, type ComposeFile } from '../../core/parse/compose/plan-of-compose.js';
import { ComposeMistake } from '../../core/parse/compose/tree.js';
import { planOfAnswer } from '../../core/parse/compose/plan-of-answer.js';
import { runCommand } from '../../edge/host/command.js';
import type { Host } from '../../edge/host/host.js';
import { unownedMac } from '../../edge/host/unowned-mac.js';
import { DoctorError } from '../../model/errors.js';
import type { Plan } from '../../model/plan.js';
import { printable } from '../../model/text.js';
import { askCompose, type Answered, type Run } from './real-compose.js';

export interface ComposeAsked {
  /** Files in their order, or one folder with a Compose file in it. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
}

/** Longer than any that people write by hand, and short enough to be read in a moment. */
const LONGEST_BYTES = 1024 * 1024;
/** In the order in which Compose looks for them (compose-spec, 03-compose-file). */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/**
 * By the Compose that is installed, with places from our own reading; by that alone where none is. Throws DoctorError for a
 * file that cannot be read, or that Compose would not take.
 */
export async function readCompose(
  asked: ComposeAsked,
  host: Host,
  run: Run = runCommand,
): Promise<Plan> {
  const names = asked.files.flatMap((name) => filesAt(name, host));
  const files = names.map((name): ComposeFile => ({ name, text: textOf(name, host) }));
  const own = readByTheRules(files, asked, host);
  const env = environmentFor(own.texts, host);
  const answered = await askCompose({ files: names, profiles: asked.profiles, env }, run);
  if (answered.kind === 'refused') throw refusedBy(answered, own.mistake);
  if (answered.kind === 'config') return planFrom(answered, own.plan);
  if (own.plan === undefined) throw badCompose(own.mistake);
  const why =
    answered.kind === 'none'
      ? 'no docker compose of version 2 or later is installed'
      : `${answered.reader} did not answer`;
  const note = `The Compose files were read by the documented rules: ${why}.`;
  return { ...own.plan, notes: [note, ...own.plan.notes] };
}

function planFrom(
  { json, reader }: Extract<Answered, { readonly kind: 'config' }>,
  own: Plan | undefined,
): Plan {
  try {
    const plan = planOfAnswer({ json, reader, own, newMac: unownedMac });
    return { ...plan, notes: [`The Compose files were read by ${reader}.`, ...plan.notes] };
  } catch (error) {
    if (!(error instanceof ComposeMistake)) throw error;
    throw badCompose(`the answer of ${reader} could not be read: ${error.message}`);
  }
}

/** Our own mistake has a place, and Compose has the word. */
function refusedBy(
  { reader, says }: Extract<Answered, { readonly kind: 'refused' }>,
  mistake: string,
): DoctorError {
  return badCompose(mistake === '' ? `${reader}: ${says}` : `${mistake} (${reader}: ${says})`);
}

function badCompose(message: string): DoctorError {
  return new DoctorError('bad-compose', printable(message));
}

interface Own {
  readonly plan?: Plan;
  /** Why there is none. */
  readonly mistake: string;
  /** Of all files that were opened. */
  readonly texts: readonly string[];
}

function readByTheRules(
  files: readonly ComposeFile[],
  { profiles }: ComposeAsked,
  host: Host,
): Own {
  const folder = path.dirname(path.resolve(files[0]?.name ?? '.'));
  const beside = host.files.readText(path.join(folder, '.env'), LONGEST_BYTES);
  const dotEnv = beside.state === 'known' ? beside.value : '';
  const variables = { ...readDotEnv(dotEnv), ...definedOnly(host.env) };
  const texts = [dotEnv, ...files.map(({ text }) => text)];
  try {
    const plan = planOfCompose({
      files,
      open: (name, from) => {
        const got = opened(path.join(path.dirname(from), name), host);
        if ('text' in got) texts.push(got.text);
        return got;
      },
      variables,
      profiles: [...profiles, ...(variables['COMPOSE_PROFILES'] ?? '').split(',').filter(Boolean)],
      project: projectName(variables['COMPOSE_PROJECT_NAME'] ?? path.basename(folder)),
      newMac: unownedMac,
    });
    return { plan, mistake: '', texts };
  } catch (error) {
    if (!(error instanceof ComposeMistake)) throw error;
    return { mistake: error.message, texts };
  }
}

/** What Compose and the client look at by themselves; nothing else of the environment is handed on but what the files name. */
const HANDED_ON =
  /^(?:HOME|DOCKER_CONFIG|COMPOSE_(?:PROJECT_NAME|PROFILES|ENV_FILES|DISABLE_ENV_FILE))$/u;

function environmentFor(texts: readonly string[], { env }: Host): Record<string, string> {
  const named = new Set(
    texts.flatMap((text) => [...text.matchAll(/\$\{?([A-Za-z_]\w*)/gu)].map(([, name]) => name)),
  );
  const entries = Object.entries(definedOnly(env));
  return Object.fromEntries(entries.filter(([name]) => HANDED_ON.test(name) || named.has(name)));
}

/** A folder stands for its Compose file, with the override beside it. */
function filesAt(name: string, host: Host): string[] {
  const entries = host.files.list(name);
  if (entries.state !== 'known') return [name];
  const first = NAMES.find((one) => entries.value.includes(one));
  if (first === undefined) {
    throw new DoctorError('bad-compose', `${printable(name)} holds no ${NAMES.join(', ')}`);
  }
  const override = first.replace(/\.(ya?ml)$/u, '.override.$1');
  return [first, override]
    .filter((one) => entries.value.includes(one))
    .map((one) => path.join(name, one));
}

function textOf(name: string, host: Host): string {
  const got = opened(name, host);
  if ('text' in got) return got.text;
  throw new DoctorError('bad-compose', `cannot read ${printable(name)}: ${printable(got.reason)}`);
}

function opened(name: string, host: Host): { readonly text: string } | { readonly reason: string } {
  const fact = host.files.readText(name, LONGEST_BYTES + 1);
  if (fact.state !== 'known') return { reason: fact.reason };
  const isWhole = Buffer.byteLength(fact.value) <= LONGEST_BYTES;
  return isWhole ? { text: fact.value } : { reason: 'it is longer than a mebibyte' };
}

function definedOnly(env: Host['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** As Compose makes a project's name of a folder's. */
function projectName(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]/gu, '')
      .replace(/^[_-]+/u, '') || 'default'
  );
}
