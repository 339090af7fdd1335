// Where each flag of a command has its value from.
import { printable, shellWord } from '../../model/text.js';
import type { FlagShape } from './defaults.js';
import type { Settled } from './settled.js';

export interface Origin {
  readonly name: string;
  readonly value: unknown;
  /** `file:line:column`, the name of a variable, or `default`. */
  readonly origin: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What is set, by name; a flag that is off and that nobody has set says nothing. */
export function originsOf(
  flags: Readonly<Record<string, unknown>>,
  settled: Pick<Settled, 'values' | 'from'>,
  shapes: Readonly<Record<string, FlagShape & { readonly env?: unknown }>>,
  env: Env,
): Origin[] {
  return Object.keys(shapes)
    .toSorted()
    .flatMap((name): Origin[] => {
      const setting = settled.from[name];
      if (setting !== undefined) return [{ name, value: settled.values[name], origin: setting.at }];
      const value = flags[name];
      if (value === undefined) return [];
      const variable = shapes[name]?.env;
      const isFromEnv = typeof variable === 'string' && (env[variable] ?? '') !== '';
      if (value === false && !isFromEnv) return [];
      return [{ name, value, origin: isFromEnv ? variable : 'default' }];
    });
}

/** Lines that a settings file would hold, each with a comment where its origin is wanted. */
export function originLines(origins: readonly Origin[], isWithOrigin: boolean): string[] {
  return origins.map(({ name, value, origin }) => {
    const line = `${name}: ${valueText(value)}`;
    return isWithOrigin ? `${line}  # ${origin}` : line;
  });
}

/** As YAML: JSON is YAML, and what needs no quotes gets none. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item)).join(', ')}]`;
  const isPlain =
    typeof value === 'string' && /^[A-Za-z][\w./-]*$/.test(value) && shellWord(value) === value;
  return isPlain && !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : printable(JSON.stringify(value));
}
