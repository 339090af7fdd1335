// The flags of `run`, and what they mean to the workflow.
import { Flags } from '@oclif/core';
import { DoctorError } from '../model/errors.js';
import { EXPECTATIONS, type Expectation } from '../model/snapshot.js';
import { printable } from '../model/text.js';
import { namesIn, wordsIn } from './flag-values.js';
import { reportFlags } from './output/report-flags.js';
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
  ...reportFlags,
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
    expectations: expectationsOf(flags.expect),
    only: wordsIn(flags.only),
    skip: wordsIn(flags.skip),
    signal,
  };
}

/** Throws DoctorError for an expectation that does not exist. */
export function expectationsOf(value: unknown): Expectation[] {
  return wordsIn(value).map((word) => expectationOf(word));
}

/** Throws DoctorError for an empty name: a variable of a script that was never set. */
export function givenNames(flag: string, value: unknown): string[] {
  const names = namesIn(value);
  if (names.includes('')) throw new DoctorError('bad-flag', `${flag} was given an empty name`);
  return names;
}

function expectationOf(word: string): Expectation {
  const known = EXPECTATIONS.find((expectation) => expectation === word);
  if (known !== undefined) return known;
  const message = `--expect does not know ${printable(word)}`;
  const near = nearest(word, EXPECTATIONS);
  throw new DoctorError('bad-flag', message, near.length === 0 ? EXPECTATIONS : near);
}
