// How sentences name things and count them.
import type { MacvlanEnd } from '../../model/topology.js';

/** More names than this tell a reader nothing that the number does not. */
const MOST_NAMES = 6;

/** `web`, `web and db`, `web, db and 5 more`. */
export function listed(names: readonly string[]): string {
  if (names.length > MOST_NAMES) {
    const rest = names.length - MOST_NAMES + 1;
    return `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${rest} more`;
  }
  const last = names.at(-1) ?? 'nobody';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 child`, `3 children`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `web 192.0.2.50`: what people call it, and where they look for it. */
export function named(end: MacvlanEnd & { readonly label: string }): string {
  const ip = end.addresses.find(({ scope }) => scope === 'global')?.local;
  return ip === undefined ? end.label : `${end.label} ${ip}`;
}
