// Keeps a bounded number of dropping rules: those that tell most of where packets went.
import type { DroppingRule } from '../../../model/filter.js';

/** So many rules of one namespace are kept; a firewall of a host may have thousands. */
export const MOST_RULES = 100;

/** In their own order; where there are too many, those that counted most packets, and policies before rules. */
export function mostTelling(rules: readonly DroppingRule[]): DroppingRule[] {
  if (rules.length <= MOST_RULES) return [...rules];
  const kept = new Set(rules.toSorted((a, b) => rankOf(b) - rankOf(a)).slice(0, MOST_RULES));
  return rules.filter((rule) => kept.has(rule));
}

function rankOf({ verdict, packets = 0 }: DroppingRule): number {
  return verdict === 'policy drop' ? Number.MAX_VALUE : packets;
}
