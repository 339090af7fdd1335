// Packet filters that drop what comes in, as evidence: what was read of them, in nft's own words.
import { valueOf } from '../../../model/fact.js';
import type { DroppingRule } from '../../../model/filter.js';
import type { Evidence } from '../../../model/finding.js';
import type { Facts } from '../../../model/snapshot.js';

const FAMILIES = new Set(['ip', 'inet', 'netdev']);
/** Chains without a hook are jumped to from one that may have any. */
const WAY_IN = new Set(['input', 'prerouting', 'ingress', undefined]);

/** Rules and policies of a namespace that may drop IPv4 packets on their way in. */
export function droppingWayIn(inode: number, facts: Facts): DroppingRule[] {
  const rules = valueOf(facts.filters)?.[inode.toString()]?.dropping ?? [];
  return rules.filter(
    ({ family, hook, packets }) => FAMILIES.has(family) && WAY_IN.has(hook) && packets !== 0,
  );
}

/** The same on their way out. */
export function droppingWayOut(inode: number, facts: Facts): DroppingRule[] {
  const rules = valueOf(facts.filters)?.[inode.toString()]?.dropping ?? [];
  return rules.filter(
    ({ family, hook, packets }) =>
      FAMILIES.has(family) && (hook === 'output' || hook === 'postrouting') && packets !== 0,
  );
}

/** Those that may drop ARP on its way out. */
export function droppingArpOut(inode: number, facts: Facts): DroppingRule[] {
  return droppingArp(inode, 'output', facts);
}

/** Those that may drop ARP on its way in: of the arp family, or on the device itself. */
export function droppingArpIn(inode: number, facts: Facts): DroppingRule[] {
  return [...droppingArp(inode, 'input', facts), ...droppingOnDevice(inode, facts)];
}

/** Those that see a frame as soon as a device has it. */
export function droppingOnDevice(inode: number, facts: Facts): DroppingRule[] {
  return droppingWayIn(inode, facts).filter(({ family }) => family === 'netdev');
}

function droppingArp(inode: number, at: 'input' | 'output', facts: Facts): DroppingRule[] {
  const rules = valueOf(facts.filters)?.[inode.toString()]?.dropping ?? [];
  return rules.filter(
    ({ family, hook, packets }) => family === 'arp' && hook === at && packets !== 0,
  );
}

/** Rules are quoted up to here. */
const MOST_QUOTED = 4;

export function filterEvidence(whose: string, rules: readonly DroppingRule[]): Evidence[] {
  if (rules.length === 0) return [];
  const quoted = rules.slice(0, MOST_QUOTED).map((rule) => quote(rule));
  const rest = rules.length - quoted.length;
  const more = rest === 0 ? '' : `; and ${rest.toString()} more`;
  return [{ from: 'filters', says: `${whose}: ${quoted.join('; ')}${more}` }];
}

function quote({ family, table, chain, verdict, matches, packets }: DroppingRule): string {
  const rule = [matches, verdict].filter((part) => part !== '').join(' ');
  const counted = packets === undefined ? '' : ` (${packets.toString()} packets)`;
  return `${family} ${table} ${chain}: ${rule}${counted}`;
}

/** A command that lets something in before those rules are asked, without the program that enters the namespace. */
export function acceptLine(
  { family, table, chain, hook }: DroppingRule,
  what: { readonly nft: string; readonly iptables: readonly string[] },
): string | undefined {
  if (hook !== 'input') return undefined;
  if (family === 'ip' && table === 'filter' && chain === 'INPUT') {
    return ['iptables', '-I', 'INPUT', ...what.iptables, '-j', 'ACCEPT'].join(' ');
  }
  const isPlain = [table, chain].every((word) => /^[\w-]+$/u.test(word));
  if (!isPlain || (family !== 'ip' && family !== 'inet')) return undefined;
  return `nft insert rule ${family} ${table} ${chain} ${what.nft} accept`;
}
