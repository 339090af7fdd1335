// Looks into chosen namespaces, and keeps what was seen by inode.
import { type Fact, known, unknown } from '../../../model/fact.js';
import type { Netns } from '../../../model/netns.js';
import type { Facts } from '../../../model/snapshot.js';

/** Programs that run at the same time. */
const MOST_AT_ONCE = 8;

/** By inode as text. Namespaces that told nothing are left out; where none told anything, the first reason stands. */
export async function lookInto<T>(
  inodes: readonly number[],
  { namespaces }: Partial<Facts>,
  look: (netns: Netns) => Fact<T> | Promise<Fact<T>>,
): Promise<Fact<Readonly<Record<string, T>>>> {
  if (inodes.length === 0) return unknown('skipped', 'no answer was missing');
  if (namespaces?.state !== 'known') {
    return unknown('failed', namespaces?.reason ?? 'namespaces were not read');
  }
  const chosen = namespaces.value.filter(({ inode }) => inodes.includes(inode));
  const seen = new Map<string, T>();
  let trouble: Fact<never> | undefined;
  for (let at = 0; at < chosen.length && trouble?.state !== 'failed'; at += MOST_AT_ONCE) {
    const group = chosen.slice(at, at + MOST_AT_ONCE);
    const facts = await Promise.all(group.map(async (netns) => look(netns)));
    for (const [index, fact] of facts.entries()) {
      if (fact.state === 'known') seen.set(String(group[index]?.inode), fact.value);
      else trouble ??= fact;
    }
  }
  if (seen.size > 0 || trouble === undefined) return known(Object.fromEntries(seen));
  return trouble;
}
