// The flags of every command that ends in a report: what lets the gate pass, and where the answer goes.
import { Flags } from '@oclif/core';
import { FORMATS } from './formats.js';

const VERDICT = 'VERDICT';
const OUTPUT = 'OUTPUT';

export const reportFlags = {
  config: Flags.string({
    helpGroup: 'GLOBAL',
    helpValue: 'FILE',
    env: 'MACVLAN_DOCTOR_CONFIG',
    description:
      'Settings in place of macvlan-doctor.yaml, which is looked for here and in the folders above.',
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
  baseline: Flags.string({
    helpGroup: VERDICT,
    helpValue: 'FILE',
    env: 'MACVLAN_DOCTOR_BASELINE',
    description: 'Accepted findings (YAML or JSON): they fail no gate until they expire.',
  }),
  'write-baseline': Flags.string({
    helpGroup: VERDICT,
    helpValue: 'FILE',
    description:
      'Write a baseline that accepts what the gate did not let pass; --baseline says what to keep of an older one.',
    dependsOn: ['baseline-reason'],
  }),
  'baseline-reason': Flags.string({
    helpGroup: VERDICT,
    helpValue: 'TEXT',
    description: 'Why they are accepted, for --write-baseline.',
    dependsOn: ['write-baseline'],
  }),
  'baseline-until': Flags.string({
    helpGroup: VERDICT,
    helpValue: 'DAY',
    description:
      'The last day on which they are accepted, for --write-baseline, as in 2026-01-31. By default in 90 days.',
    dependsOn: ['write-baseline'],
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
    description: `${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1) ?? ''}: to the console, or with =FILE into a file. Repeatable.`,
  }),
};
