// What a command's flags come to with the settings file: a flag that was given wins, and so does one that excludes a setting.
import type { Command, Config } from '@oclif/core';
import type { Setting } from '../../core/parse/settings/settings-file.js';
import { isOverruled, knownFlags, valueFor, type FlagShape } from './defaults.js';
import { assertWords } from './known-words.js';

export interface Parsed {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly metadata: {
    readonly flags: Readonly<Record<string, { readonly setFromDefault?: boolean } | undefined>>;
  };
}

interface Asked {
  readonly command: string;
  readonly config: Pick<Config, 'commands'>;
  readonly shapes: Readonly<Record<string, FlagShape>>;
  readonly parsed: Parsed;
}

export interface Settled {
  /** By the flag's name; only what the file says and nobody overrules. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The setting that each came from. */
  readonly from: Readonly<Record<string, Setting>>;
  readonly notes: readonly string[];
}

/** Throws DoctorError for a settings file that cannot be read or understood. */
export async function settle({ command, config, shapes, parsed }: Asked): Promise<Settled> {
  const { pathWithin, readSettings, workingDirectory } = await import('../workflows/settings.js');
  const commands: readonly Pick<Command.Loadable, 'id' | 'flags'>[] = config.commands;
  const named = parsed.flags['config'];
  const { file, settings, notes } = await readSettings({
    command,
    known: knownFlags(commands),
    file: typeof named === 'string' ? named : undefined,
    from: workingDirectory(),
    who: { uid: process.getuid?.(), sudoUid: numberIn(process.env['SUDO_UID']) },
  });
  const given = new Set(
    Object.keys(parsed.flags).filter(
      (name) => parsed.metadata.flags[name]?.setFromDefault !== true,
    ),
  );
  const values: Record<string, unknown> = {};
  const from: Record<string, Setting> = {};
  for (const setting of settings) {
    const shape = shapes[setting.name];
    if (shape === undefined || isOverruled(setting, given, shapes)) continue;
    await assertWords(setting);
    const within = (path: string): string => pathWithin(path, setting, file ?? '.');
    values[setting.name] = inFolder(await valueFor(shape, setting), shape, within);
    from[setting.name] = setting;
  }
  return { values, from, notes };
}

/** Files that a setting names: those of flags that take a FILE, and those behind a format. */
function inFolder(
  value: unknown,
  { helpValue }: FlagShape,
  within: (path: string) => string,
): unknown {
  const one = (text: unknown): unknown => {
    if (typeof text !== 'string') return text;
    if (helpValue === 'FILE') return within(text);
    const at = helpValue === 'FORMAT[=FILE]' ? text.indexOf('=') : -1;
    return at === -1 || at === text.length - 1
      ? text
      : `${text.slice(0, at)}=${within(text.slice(at + 1))}`;
  };
  return Array.isArray(value) ? value.map((text) => one(text)) : one(value);
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
