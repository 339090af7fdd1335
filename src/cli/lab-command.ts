// What `lab run` and `lab up` have in common: which LAN, and how this program is started again.
import { Args, Flags } from '@oclif/core';
import path from 'node:path';
import { BaseCommand } from './base-command.js';

export const scenarioArg = {
  scenario: Args.string({
    required: true,
    description: 'Id of the scenario; `lab list` shows them.',
  }),
};

export const lanFlags = {
  seed: Flags.integer({
    helpValue: 'N',
    min: 0,
    max: 2 ** 31,
    description: 'Draw the same names, addresses and numbers again.',
  }),
  children: Flags.integer({
    helpValue: 'N',
    min: 1,
    max: 500,
    description: 'This many children on the parent.',
  }),
  healthy: Flags.boolean({ description: 'The same LAN without the fault, to compare.' }),
  json: Flags.boolean({ description: 'For programs.' }),
};

export abstract class LabCommand extends BaseCommand {
  /** Node and our own file: works whoever is on PATH in there. */
  protected get ownFile(): readonly string[] {
    return [process.execPath, path.join(this.config.root, 'bin', 'run.js')];
  }

  /** What a user types to get here again. */
  protected get ownName(): readonly string[] {
    const called = path.basename(process.argv[1] ?? '');
    return called === this.config.bin ? [called] : this.ownFile;
  }
}

/** Only what was given: an absent flag and an undefined one are not the same to the lab. */
export function chosen(flags: { seed: number | undefined; children: number | undefined }): {
  seed?: number;
  children?: number;
} {
  const { seed, children } = flags;
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(children === undefined ? {} : { children }),
  };
}
