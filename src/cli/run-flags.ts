// The flags of `run`, and what they mean to the workflow.
import { Flags } from '@oclif/core';
import { DoctorError } from '../model/errors.js';
import { EXPECTATIONS, type Expectation } from '../model/snapshot.js';
import { printable } from '../model/text.js';
import { FORMATS } from './formats.js';
import { nearest } from '../core/derive/wording/nearest.js';
import type { DiagnoseOptions } from './workflows/diagnose.js';

const SCOPE = 'SCOPE';
const VERDICT = 'VERDICT';
const OUTPUT = 'OUTPUT';

export const runFlags = {
  parent: Flags.string({
    helpGroup: SCOPE,
    multiple: true,
    helpValue: 'IF',
    env: 'MACVLAN_DOCTOR_PARENT',
    description: 'Only children of these interfaces.',
  }),
  network: Flags.string({
    helpGroup: SCOPE,
    multiple: true,
    helpValue: 'NAME',
    env: 'MACVLAN_DOCTOR_NETWORK',
    description: 'Only children in these container networks.',
  }),
  container: Flags.string({
    helpGroup: SCOPE,
    multiple: true,
    helpValue: 'NAME',
    env: 'MACVLAN_DOCTOR_CONTAINER',
    description: 'Only these containers or named namespaces.',
  }),
  passive: Flags.boolean({
    env: 'MACVLAN_DOCTOR_PASSIVE',
    description: 'Look only; send nothing at all.',
  }),
  'dry-run': Flags.boolean({
    env: 'MACVLAN_DOCTOR_DRY_RUN',
    description: 'Print the probes that would be sent, and send none.',
  }),
  'foreign-macs': Flags.boolean({
    env: 'MACVLAN_DOCTOR_FOREIGN_MACS',
    description:
      "Send the children's MACs also on what looks like a rented server, whose provider may watch for them.",
  }),
  timeout: Flags.integer({
    helpValue: 'MS',
    min: 100,
    max: 10_000,
    default: 1000,
    env: 'MACVLAN_DOCTOR_TIMEOUT',
    description:
      'How long an answer may take, in each of five rounds at the most, 100 to 10000 milliseconds.',
  }),
  expect: Flags.string({
    helpGroup: VERDICT,
    multiple: true,
    helpValue: 'WHAT',
    env: 'MACVLAN_DOCTOR_EXPECT',
    description: `What must work here, so that its by-design warning is a failure: ${EXPECTATIONS.join(', ')}.`,
  }),
  only: Flags.string({
    helpGroup: VERDICT,
    multiple: true,
    helpValue: 'ID',
    env: 'MACVLAN_DOCTOR_ONLY',
    description: 'Report these checks alone.',
  }),
  skip: Flags.string({
    helpGroup: VERDICT,
    multiple: true,
    helpValue: 'ID',
    env: 'MACVLAN_DOCTOR_SKIP',
    description: 'Leave these checks out of the report.',
  }),
  'fail-on': Flags.option({
    helpGroup: VERDICT,
    options: ['fail', 'warn'] as const,
    default: 'fail' as const,
    env: 'MACVLAN_DOCTOR_FAIL_ON',
    description: 'The mildest finding that makes the exit code 1.',
  })(),
  strict: Flags.boolean({
    helpGroup: VERDICT,
    env: 'MACVLAN_DOCTOR_STRICT',
    description: 'Exit code 3 when nothing failed and something could not be decided.',
  }),
  json: Flags.boolean({
    helpGroup: OUTPUT,
    env: 'MACVLAN_DOCTOR_JSON',
    description: 'Short for --format json.',
  }),
  format: Flags.string({
    helpGroup: OUTPUT,
    multiple: true,
    helpValue: 'FORMAT[=FILE]',
    env: 'MACVLAN_DOCTOR_FORMAT',
    description: `${FORMATS.join(' or ')}: to the console, or with =FILE into a file. Repeatable.`,
  }),
  save: Flags.string({
    helpGroup: OUTPUT,
    helpValue: 'FILE',
    env: 'MACVLAN_DOCTOR_SAVE',
    description:
      'Keep everything that was seen, as a snapshot. Replaces a regular file, and nothing else.',
  }),
};

interface RunFlagValues {
  readonly parent: unknown;
  readonly network: unknown;
  readonly container: unknown;
  readonly passive: boolean;
  readonly 'foreign-macs'?: boolean;
  readonly timeout: number;
  readonly expect: unknown;
  readonly only: unknown;
  readonly skip: unknown;
}

/** Throws DoctorError for an expectation that does not exist. */
export function optionsOf(
  flags: RunFlagValues,
  signal: AbortSignal,
): Omit<DiagnoseOptions, 'onProgress'> {
  return {
    parents: givenNames('--parent', flags.parent),
    networks: givenNames('--network', flags.network),
    containers: givenNames('--container', flags.container),
    passive: flags.passive,
    timeoutMs: flags.timeout,
    ...(flags['foreign-macs'] === true && { foreignMacs: true }),
    expectations: wordsIn(flags.expect).map((word) => expectationOf(word)),
    only: wordsIn(flags.only),
    skip: wordsIn(flags.skip),
    signal,
  };
}

/** Names may hold commas; only a list from the environment, which oclif hands over as one text, is split at them. */
export function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return wordsIn(value);
  return Array.isArray(value)
    ? value.filter((name): name is string => typeof name === 'string')
    : [];
}

/** An empty name is a variable of a script that was never set. */
function givenNames(flag: string, value: unknown): string[] {
  const names = namesIn(value);
  if (names.includes('')) throw new DoctorError('bad-flag', `${flag} was given an empty name`);
  return names;
}

/** Words never hold commas: `--only a,b --only c` is three. */
export function wordsIn(value: unknown): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function expectationOf(word: string): Expectation {
  const known = EXPECTATIONS.find((expectation) => expectation === word);
  if (known !== undefined) return known;
  const message = `--expect does not know ${printable(word)}`;
  const near = nearest(word, EXPECTATIONS);
  throw new DoctorError('bad-flag', message, near.length === 0 ? EXPECTATIONS : near);
}
