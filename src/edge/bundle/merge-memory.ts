// What two runs of one case remember that began at the same time, in one memory.
import type { CaseMemory } from '../../model/case-memory.js';

/** Undefined where one answer would have two meanings: the later run must begin from what the first one left. */
export function mergedMemory(there: CaseMemory, mine: CaseMemory): CaseMemory | undefined {
  // Stand-ins of addresses follow the subnets: with other ones, one of the bundles could not be read back.
  if (there.mode !== mine.mode || !areSame(there.subnets, mine.subnets)) return undefined;
  const names = new Map([...there.names, ...mine.names]);
  if (there.names.some(([name, standIn]) => names.get(name) !== standIn)) return undefined;
  // Dropped names share theirs, and did so before; what was one name's alone must stay so.
  const uses = usesIn([...names]);
  for (const one of [there, mine]) {
    for (const [standIn, count] of usesIn(one.names))
      if (count === 1 && uses.get(standIn) !== 1) return undefined;
  }
  return {
    ...mine,
    names: [...names],
    ids: union(there.ids, mine.ids),
    addresses: union(there.addresses ?? [], mine.addresses ?? []),
    macs: union(there.macs ?? [], mine.macs ?? []),
    former: [...new Map([...(there.former ?? []), ...(mine.former ?? [])].map(keyed)).values()],
  };
}

type Pair = readonly [string, string];

function keyed(pair: Pair): readonly [string, Pair] {
  return [pair.join(' '), pair];
}

function usesIn(names: readonly Pair[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const [, standIn] of names) uses.set(standIn, (uses.get(standIn) ?? 0) + 1);
  return uses;
}

function union(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])].toSorted();
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(some);
  return all.size === new Set(others).size && others.every((one) => all.has(one));
}
