// `$NAME` and `${NAME…}` in a Compose file (compose-spec, 12-interpolation): an empty value counts as none where a colon stands.
import type { Place } from '../../../model/plan.js';
import { ComposeMistake, type Value } from './tree.js';

export interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  /** Told once for each variable that is not set, and has no default. */
  readonly missing: (name: string, place: Place) => void;
}

/** Longest chain of defaults in defaults. */
const DEEPEST = 16;

/** The tree with every text replaced; keys stay as they are. */
export function interpolated(value: Value, env: Environment): Value {
  switch (value.kind) {
    case 'map': {
      const entries = [...value.entries].map(
        ([key, one]) => [key, interpolated(one, env)] as const,
      );
      return { ...value, entries: new Map(entries) };
    }
    case 'list': {
      return { ...value, items: value.items.map((item) => interpolated(item, env)) };
    }
    case 'scalar': {
      if (typeof value.value !== 'string' || !value.value.includes('$')) return value;
      return { ...value, value: replaced(value.value, value.place, env) };
    }
  }
}

/** One text. Throws a ComposeMistake for what is no valid reference, and for `${NAME:?message}` without a value. */
export function replaced(text: string, place: Place, env: Environment, depth = 0): string {
  if (depth > DEEPEST) throw new ComposeMistake('defaults within defaults go too deep', place);
  let out = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) return out + text.slice(at);
    out += text.slice(at, dollar);
    const next = text[dollar + 1] ?? '';
    if (next === '$') {
      out += '$';
      at = dollar + 2;
    } else if (next === '{') {
      const end = closing(text, dollar + 1);
      if (end === -1) throw new ComposeMistake(`invalid interpolation format: ${text}`, place);
      out += braced(text.slice(dollar + 2, end), { place, env, depth });
      at = end + 1;
    } else {
      const name = /^[A-Za-z_]\w*/u.exec(text.slice(dollar + 1))?.[0];
      if (name === undefined) {
        throw new ComposeMistake(`invalid interpolation format: ${text}`, place);
      }
      out += looked(name, { place, env, depth });
      at = dollar + 1 + name.length;
    }
  }
  return out;
}

interface Around {
  readonly place: Place;
  readonly env: Environment;
  readonly depth: number;
}

/** Of the brace at `open`; braces within belong to defaults. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function looked(name: string, { place, env }: Around): string {
  const value = env.variables[name];
  if (value === undefined) env.missing(name, place);
  return value ?? '';
}

/** What stands between the braces: a name, and perhaps what to do with or without a value. */
function braced(inside: string, around: Around): string {
  const { place, env, depth } = around;
  const [, name, operator = '', rest = ''] =
    /^([A-Za-z_]\w*)(?:(:?[-?+])([\s\S]*))?$/u.exec(inside) ?? [];
  if (name === undefined) {
    throw new ComposeMistake(`invalid interpolation format: \${${inside}}`, place);
  }
  if (operator === '') return looked(name, around);
  const value = env.variables[name];
  const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
  const other = (): string => replaced(rest, place, env, depth + 1);
  if (operator.endsWith('+')) return isSet ? other() : '';
  if (isSet) return value;
  if (operator.endsWith('-')) return other();
  const why = other();
  throw new ComposeMistake(
    `required variable ${name} is missing a value${why === '' ? '' : `: ${why}`}`,
    place,
  );
}
