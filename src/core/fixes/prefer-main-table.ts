// Lets addresses be looked up in table main before a policy rule takes them elsewhere.
import { defineFix, type Argv } from '../../model/fix.js';

export interface PreferMainTable {
  readonly destinations: readonly string[];
  /** Priority of the rule that must come later. */
  readonly before: number;
}

export default defineFix<PreferMainTable>({
  meta: {
    id: 'prefer-main-table',
    title: 'Look the children up in table main first',
    risk: 'safe',
  },
  plan({ destinations, before }) {
    if (before < 2) {
      return {
        impossible:
          'A policy rule of the very first priority sends this traffic away; only a change of that rule helps.',
      };
    }
    const priority = (before - 1).toString();
    const rule = (verb: 'add' | 'del', to: string): Argv => [
      ...(['ip', 'rule', verb, 'to', to, 'lookup', 'main', 'priority', priority] as const),
    ];
    return {
      steps: destinations.map((to) => rule('add', to)),
      undo: destinations.map((to) => rule('del', to)),
      persist: [],
      notes: [
        'Rules are gone at the next reboot: keep these where the shim is configured (RoutingPolicyRule in systemd-networkd, ipv4.routing-rules in NetworkManager, an up line in ifupdown).',
        'The cleaner cure is to stop whatever added the other rule from taking the LAN of this host.',
      ],
    };
  },
});
