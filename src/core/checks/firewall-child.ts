// A child whose packet filter lets nobody in: ARP works, and neither ping nor connection is answered.
import { defineCheck } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { ClosedChild } from '../derive/passage/closed-child.js';
import { closedAdvice, closedEvidence, commandInside } from '../derive/passage/closed-evidence.js';
import { muteEvidence, type MuteChild } from '../derive/passage/mute-child.js';
import { shutChildren } from '../derive/passage/shut-children.js';
import { leftUnasked } from '../derive/passage/unasked.js';
import { isProbeable } from '../derive/probing/probe-targets.js';
import { aboutChild, listOf } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'firewall-child',
    category: 'filter',
    severity: 'warn',
    title: {
      pass: 'No child shuts its neighbours out',
      found: 'A packet filter inside a child shuts its neighbours out',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'child-down',
      'subnet-mismatch',
      'prefix-mismatch',
      'mode-mixed',
      'duplicate-ip',
      'duplicate-mac',
      'rp-filter',
      'neighbour-table-full',
    ],
    docs: {
      explain: `A child has a network namespace of its own, and in it a packet filter of its own: nftables or iptables rules that the image, a VPN client with a kill switch or somebody inside has set. When it drops what comes in, the child looks dead to its neighbours, although link, address and route are in order.

Told apart from everything else by ARP, which such filters do not touch: the neighbours know the child's MAC, and neither their pings nor their connections are answered, a connection to a closed port included, which an open host refuses at once. A child that drops pings alone is healthy, and nothing is said of it. Before a child is named, whoever called it must have been answered by somebody else: else the caller may be the one with the filter.

A filter that drops ARP on its way out is told apart as well: the gateway then answers ARP that the parent asks in the child's name, and the child itself gets no MAC. Without the rule in sight that is left open, for a switch that passes no ARP with an address that it does not know (ARP inspection) looks the same.

It may well be intended. What does not help: opening the firewall of the host. Traffic of macvlan children never passes the host's own rules, in either direction.`,
      references: ['nft(8)', 'iptables(8)', 'network_namespaces(7)'],
    },
  },
  messages: {
    closed: ({ child, callers, drops, reachesLan }: ClosedData) => ({
      what: `${child} answers neither ping nor connection of ${listOf(callers)}, although ARP works.`,
      why: `A packet filter inside ${child} drops ${drops}.${reachesLan ? ' What it asks for itself it gets: its gateway answers it. That may be intended.' : ''}`,
      todo: `If its neighbours are to reach ${child}, let them in by a rule inside ${child}.`,
    }),
    mute: ({ child, gateway }: Omit<RepliesData, 'parent'>) => ({
      what: `${child} sends no ARP: it gets no MAC for ${gateway} or anybody whom it has to ask for.`,
      why: `A packet filter inside ${child} drops it. ${gateway} answers ARP that is asked in its name, and the pings of others.`,
      todo: `Take the rule out of ${child}, or let ARP (chain output of the arp family) pass.`,
    }),
    'drops-replies': ({ child, parent, gateway }: RepliesData) => ({
      what: `Replies of ${gateway} to ${child} arrive at ${parent}, and ${child} does not get them.`,
      why: `They are dropped on this machine: by a packet filter inside ${child}, or by one on ${parent} itself (nftables hook ingress, tc).`,
      todo: 'Look for the rule, and let in what answers.',
    }),
  },
  evaluate(_facts, context) {
    const { topology, notProbed } = context;
    const parents = topology.parents.filter(({ children }) =>
      children.some((child) => isProbeable(child)),
    );
    if (parents.length === 0) return { notApplicable: 'no child that is up has an IPv4 address' };
    if (notProbed !== undefined)
      return {
        findings: [],
        undetermined: leftUnasked(parents, 'a child shuts its neighbours out', context),
      };
    const { closed, mute, open } = shutChildren(parents, topology, context);
    return {
      findings: [...mute.map((one) => reportMute(one)), ...closed.map((one) => report(one))],
      undetermined: open.map(({ child, reason }) => ({ ...placeOf(child), reason })),
    };
  },
});

interface ClosedData {
  readonly child: string;
  readonly callers: readonly string[];
  /** Which packets. */
  readonly drops: string;
  readonly reachesLan: boolean;
}

interface RepliesData {
  readonly child: string;
  readonly parent: string;
  readonly gateway: string;
}

function placeOf(child: ClosedChild['child']) {
  const about = aboutChild(child);
  return { ...about, within: [...about.within, HOST] };
}

function droppedBy({ rules, rulesOut, reachesLan }: ClosedChild): string {
  if (rules.length > 0 || reachesLan) return 'what comes in';
  return rulesOut.length > 0 ? 'what it sends' : 'what comes in, or its answers';
}

function reportMute(one: MuteChild) {
  const { child, gateway } = one;
  return {
    code: 'mute' as const,
    ...placeOf(child),
    data: { child: child.label, gateway },
    evidence: muteEvidence(one),
    advice: [`${commandInside(child, 'nft list ruleset')} shows the rules of ${child.label}.`],
  };
}

function report(one: ClosedChild) {
  const { child, callers, lost } = one;
  const base = {
    ...placeOf(child),
    evidence: closedEvidence(one),
    advice: closedAdvice(one),
  };
  if (callers.length > 0 || lost === undefined) {
    const data = {
      child: child.label,
      callers,
      drops: droppedBy(one),
      reachesLan: one.reachesLan,
    };
    return { code: 'closed' as const, ...base, data };
  }
  const data = { child: child.label, parent: child.parent, gateway: lost.gateway };
  return { code: 'drops-replies' as const, ...base, data };
}
