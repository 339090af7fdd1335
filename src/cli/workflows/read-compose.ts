// Compose files from the disk: which ones, what is beside them, and every mistake as one sentence.
import path from 'node:path';
import { readDotEnv } from '../../core/parse/compose/dot-env.js';
import { planOfCompose, type ComposeFile } from '../../core/parse/compose/plan-of-compose.js';
import { ComposeMistake } from '../../core/parse/compose/tree.js';
import type { Host } from '../../edge/host/host.js';
import { unownedMac } from '../../edge/host/unowned-mac.js';
import { DoctorError } from '../../model/errors.js';
import type { Plan } from '../../model/plan.js';
import { printable } from '../../model/text.js';

export interface ComposeAsked {
  /** Files in their order, or one folder with a Compose file in it. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
}

/** Longer than any that people write by hand, and short enough to be read in a moment. */
const LONGEST_BYTES = 1024 * 1024;
/** In the order in which Compose looks for them (compose-spec, 03-compose-file). */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Throws DoctorError for a file that cannot be read, or that Compose would not take. */
export function readCompose({ files, profiles }: ComposeAsked, host: Host): Plan {
  const names = files.flatMap((name) => filesAt(name, host));
  const folder = path.dirname(path.resolve(names[0] ?? '.'));
  const beside = host.files.readText(path.join(folder, '.env'), LONGEST_BYTES);
  const variables = {
    ...(beside.state === 'known' ? readDotEnv(beside.value) : {}),
    ...definedOnly(host.env),
  };
  try {
    return planOfCompose({
      files: names.map((name): ComposeFile => ({ name, text: textOf(name, host) })),
      open: (name, from) => opened(path.join(path.dirname(from), name), host),
      variables,
      profiles: [...profiles, ...(variables['COMPOSE_PROFILES'] ?? '').split(',').filter(Boolean)],
      project: projectName(variables['COMPOSE_PROJECT_NAME'] ?? path.basename(folder)),
      newMac: unownedMac,
    });
  } catch (error) {
    if (!(error instanceof ComposeMistake)) throw error;
    throw new DoctorError('bad-compose', printable(error.message));
  }
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
