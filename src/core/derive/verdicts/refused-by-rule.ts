// A policy rule that refuses all packets before any default route is asked (ip-rule(8)).
import type { Route, Rule } from '../../../model/route.js';
import type { Child } from '../../../model/topology.js';
import { isDefault } from '../addressing/known-gateway.js';
import { commandInside } from '../passage/closed-evidence.js';
import { contentOf } from '../topology/content.js';
import { aboutChild } from '../wording/victims.js';

/** Of a child that has a default route: what there is to say of a rule before it. */
export function refusedByRule(child: Child) {
  const rule = refusingRule(child);
  if (rule === undefined) return [];
  const text = `${rule.priority.toString()}: from all ${rule.action ?? ''}`;
  return [
    {
      code: 'refused' as const,
      ...aboutChild(child),
      data: { child: child.label, rule: text },
      evidence: [{ from: 'rules', says: `the rules of ${child.label} have "${text}"` }],
      advice: [`${commandInside(child, 'ip rule')} shows the rules of ${child.label}.`],
    },
  ];
}

function refusingRule({ netns, allRoutes }: Child): Rule | undefined {
  const rules = contentOf(netns)
    .rules.filter((rule) => rule.family === 'inet' && isForAll(rule))
    .toSorted((a, b) => a.priority - b.priority);
  const first = rules.findIndex(({ action = '' }) => REFUSALS.has(action));
  const before = new Set(rules.slice(0, Math.max(0, first)).map(({ table }) => table));
  const isAsked = ({ table }: Route): boolean => before.has(table);
  return allRoutes.some((route) => isDefault(route) && isAsked(route)) ? undefined : rules[first];
}

const REFUSALS: ReadonlySet<string> = new Set(['blackhole', 'unreachable', 'prohibit']);

/** Marks are for packets that somebody marks, and what comes in by a link is not what the child sends. */
function isForAll({ src, dst, iif, oif, fwmark }: Rule): boolean {
  return src === 'all' && [dst, iif, oif, fwmark].every((one) => one === undefined);
}
