// Settings as the defaults of flags: so the command line wins over the environment, and the environment over the file.
import type { Command } from '@oclif/core';
import type { KnownFlags, Setting } from '../../core/parse/settings/settings-file.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';

/** What belongs to one call, and not to a place; and `json`, which `format` says as well. */
const NOT_IN_A_FILE = new Set([
  'config',
  'dry-run',
  'json',
  'no-input',
  'save',
  'write-baseline',
  'baseline-reason',
  'baseline-until',
]);

/** The flags of every command that ends in a report. */
export function knownFlags(
  commands: readonly Pick<Command.Loadable, 'id' | 'flags'>[],
): KnownFlags {
  const reporting = commands.filter(({ flags }) => 'format' in flags && 'fail-on' in flags);
  return new Map(
    reporting.map(({ id, flags }) => [
      id,
      new Set(Object.keys(flags).filter((name) => !NOT_IN_A_FILE.has(name))),
    ]),
  );
}

/** What of a flag's definition says how a setting is read. */
export interface FlagShape {
  readonly type: string;
  readonly multiple?: boolean;
  readonly options?: readonly string[];
  readonly exclusive?: unknown;
  readonly helpValue?: unknown;
  readonly parse?: (input: never, context: never, options: never) => Promise<unknown>;
}

/** The value that the flag gets. Throws DoctorError with the setting's place. */
export async function valueFor(flag: FlagShape, { name, value, at }: Setting): Promise<unknown> {
  const refuse = (message: string): DoctorError =>
    new DoctorError('bad-file', `${at}: ${name}: ${printable(message)}`);
  if (flag.type === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw refuse('true or false is expected');
  }
  if (flag.multiple === true) return typeof value === 'object' ? value : [String(value)];
  if (typeof value === 'object') throw refuse('one value is expected, not a list');
  const text = String(value);
  if (flag.options !== undefined && !flag.options.includes(text)) {
    throw refuse(`one of ${flag.options.join(', ')} is expected`);
  }
  if (flag.parse === undefined) return text;
  try {
    return await flag.parse(text as never, undefined as never, flag as never);
  } catch (error) {
    throw refuse((error instanceof Error ? error.message : String(error)).replace(/\.$/, ''));
  }
}

/** Whether a flag of the command line or the environment speaks against a setting. */
export function isOverruled(
  { name }: Setting,
  given: ReadonlySet<string>,
  flags: Readonly<Record<string, FlagShape>>,
): boolean {
  if (given.has(name) || (name === 'format' && given.has('json'))) return true;
  return [...given].some((other) => excludes(flags[other], name) || excludes(flags[name], other));
}

function excludes(flag: FlagShape | undefined, name: string): boolean {
  return Array.isArray(flag?.exclusive) && flag.exclusive.includes(name);
}
