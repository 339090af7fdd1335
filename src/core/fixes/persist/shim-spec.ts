// A shim as configuration has to describe it, whoever writes it down.
import type { Argv } from '../../../model/fix.js';
import type { MacvlanMode } from '../../../model/link.js';
import { ownAddressOnly, sysctlCommand } from './sysctl-command.js';

export interface ShimSpec {
  readonly name: string;
  readonly parent: string;
  readonly mode: MacvlanMode;
  /** With prefix: `192.0.2.250/32`. */
  readonly addresses: readonly string[];
  /** Prefixes that leave by the shim. */
  readonly destinations: readonly string[];
}

/** Names that every configuration format takes as they are; others would need a quoting that not all of them have. */
const PLAIN = /^[\w.][\w.-]*$/;

export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}

export function isWritable(spec: ShimSpec): boolean {
  return isPlainName(spec.name) && isPlainName(spec.parent);
}

/** The commands that make the shim from nothing, in order; `replaced` destinations have a route already. */
export function creationSteps(
  spec: ShimSpec,
  replaced: ReadonlySet<string> = new Set(),
): readonly Argv[] {
  const verb = (dst: string): string => (replaced.has(dst) ? 'replace' : 'add');
  return [
    ['ip', 'link', 'add', spec.name, 'link', spec.parent, 'type', 'macvlan', 'mode', spec.mode],
    // Before it has an address: it must never answer for another one.
    ...ownAddressOnly(spec.name).map((setting) => sysctlCommand(setting)),
    ...spec.addresses.map((address): Argv => ['ip', 'addr', 'add', address, 'dev', spec.name]),
    ['ip', 'link', 'set', spec.name, 'up'],
    ...spec.destinations.map((dst): Argv => ['ip', 'route', verb(dst), dst, 'dev', spec.name]),
  ];
}
