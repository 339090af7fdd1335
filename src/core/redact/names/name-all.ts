// Gives every name of an inventory its stand-in.
import { ipBits } from '../addresses/ip-bits.js';
import { macBytes } from '../addresses/mac-map.js';
import type { Prf } from '../prf.js';
import { droppedName, NAME_KINDS, standInFor, type NameKind } from './stand-in.js';

export type Inventory = ReadonlyMap<string, ReadonlySet<NameKind>>;

export interface NamingOptions {
  /** What earlier bundles of the case called something. */
  readonly earlier: ReadonlyMap<string, string>;
  /** Hosts and domains get names that nobody gets back from. */
  readonly dropsHosts: boolean;
}

/** A host's name in its domain. */
const IN_DOMAIN = /^([^.]+)\.(.+)$/su;

/**
 * One stand-in to one name, whatever it is the name of: what was called the same still is, what was not is not. A host in a
 * domain has the stand-ins of both, since each is used alone as well. What earlier bundles of the case called something, it is
 * called still.
 */
export function nameAll(
  inventory: Inventory,
  prf: Prf,
  { earlier, dropsHosts }: NamingOptions,
): [name: string, standIn: string][] {
  const taken = new Set([...inventory.keys(), ...earlier.keys(), ...earlier.values()]);
  const given = new Map(earlier);
  const standIn = (name: string, kind: NameKind): string =>
    freeStandIn(
      name,
      taken,
      (round) =>
        (dropsHosts ? droppedName(name, kind, round) : undefined) ??
        standInFor(name, kind, prf, round),
    );
  for (const [name, kinds] of [...wholes(inventory)].toSorted(byName)) {
    if (given.has(name) || isAddress(name)) continue;
    const other = standIn(name, firstOf(kinds));
    taken.add(other);
    given.set(name, other);
  }
  for (const [name, kinds] of inventory) {
    const [, head = '', domain = ''] = hostIn(name, firstOf(kinds)) ?? [];
    const part = (text: string, kind: NameKind): string => given.get(text) ?? standIn(text, kind);
    if (head !== '' && !earlier.has(name))
      given.set(name, `${part(head, 'host')}.${part(domain, 'domain')}`);
  }
  return [...given].toSorted(byName);
}

function firstOf(kinds: ReadonlySet<NameKind>): NameKind {
  return NAME_KINDS.find((one) => kinds.has(one)) ?? 'id';
}

function hostIn(name: string, kind: NameKind): RegExpExecArray | undefined {
  return kind === 'host' && !isAddress(name) ? (IN_DOMAIN.exec(name) ?? undefined) : undefined;
}

/** Names in a domain taken apart; what one part is the name of besides counts as well. */
function wholes(inventory: Inventory): Inventory {
  const all = new Map<string, Set<NameKind>>();
  const add = (name: string, kind: NameKind): void => {
    all.set(name, (all.get(name) ?? new Set()).add(kind));
  };
  for (const [name, kinds] of inventory) {
    const [, head, domain] = hostIn(name, firstOf(kinds)) ?? [];
    if (head === undefined || domain === undefined) {
      for (const kind of kinds) add(name, kind);
      continue;
    }
    add(head, 'host');
    add(domain, 'domain');
  }
  return all;
}

/** A name that is an address is called as the address is; twelve digits alone are an id that somebody is called by. */
export function isAddress(name: string): boolean {
  return ipBits(name) !== undefined || (/[:.-]/u.test(name) && macBytes(name) !== undefined);
}

function byName(
  [a]: readonly [string, ...unknown[]],
  [b]: readonly [string, ...unknown[]],
): number {
  return a < b ? -1 : Number(a > b);
}

function freeStandIn(
  name: string,
  taken: ReadonlySet<string>,
  inRound: (round: number) => string,
): string {
  let other = inRound(0);
  for (let round = 1; other !== name && taken.has(other); round += 1) other = inRound(round);
  return other;
}
