// Children in source mode that listen to nobody.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import { shellWord } from '../../model/text.js';
import type { Child, Parent } from '../../model/topology.js';
import { macsAt } from '../derive/gateways/answers.js';
import { commandInside } from '../derive/passage/closed-evidence.js';
import { keptOutByList, lostEvidence, type LostInside } from '../derive/verdicts/lost-inside.js';
import { hearGateway, hearMac, listLength } from '../derive/passage/source-list.js';
import { aboutChild, listOf, parentSubject } from '../derive/wording/victims.js';
import setMacvlanMode from '../fixes/set-macvlan-mode.js';

interface Data {
  readonly parent: string;
  readonly children: readonly string[];
}

interface UnlistedData {
  readonly child: string;
  readonly gateway: string;
}

export default defineCheck({
  meta: {
    id: 'source-list-empty',
    category: 'macvlan',
    severity: 'fail',
    title: {
      pass: 'Every child in source mode has somebody to listen to',
      found: 'A child in source mode listens to nobody',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'child-down'],
    docs: {
      explain: `A child in source mode receives only what comes from the MAC addresses on its list, and that list is empty when the link is made. With nobody on it, the child hears nothing at all: no answer to its ARP requests, no broadcast. With the flag nodst, what is on the list is taken away from the host.

Somebody is put on the list with "ip link set dev LINK type macvlan macaddr add MAC": the gateway's MAC at the least, for all that comes from beyond the LAN.

A list that lacks the gateway is told by what the parent takes in: the gateway's answers to the child arrive there, and the child's table stays without its MAC. A router that was replaced has another MAC than the one on the list.

What does not help: promiscuous mode, on the parent or on the child. Whoever only wanted an ordinary child takes bridge mode. An engine never makes children in source mode.`,
      references: [
        'ip-link(8), type macvlan, macaddr',
        'drivers/net/macvlan.c, macvlan_forward_source',
      ],
    },
  },
  messages: {
    empty: ({ parent, children }: Data) => ({
      what: `${listOf(children)} on ${parent} ${children.length === 1 ? 'is' : 'are'} in source mode, with nobody on the list of those to listen to.`,
      why: 'Whatever arrives is dropped, answers of the gateway too.',
      todo: 'Name those whom it shall hear, or put it into bridge mode.',
    }),
    unlisted: ({ parent, child, gateway }: Omit<Data, 'children'> & UnlistedData) => ({
      what: `Answers of ${gateway} to ${child}, which is in source mode, arrive at ${parent}, and ${child} does not get them.`,
      why: `Most likely the MAC of ${gateway} is not on the list of those that ${child} listens to; a filter rule on ${parent} or inside ${child} would look the same.`,
      todo: `Put the MAC of ${gateway} on the list.`,
    }),
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.map((parent) => ({
      parent,
      children: parent.children.filter(({ mode }) => mode === 'source'),
    }));
    if (parents.every(({ children }) => children.length === 0)) {
      return { notApplicable: 'no child is in source mode' };
    }
    const told = parents.map(({ parent, children }) => ({
      parent,
      empty: children.filter((child) => listLength(child) === 0),
      untold: children.filter((child) => listLength(child) === undefined),
    }));
    return {
      findings: told.flatMap(({ parent, empty }) => [
        ...(empty.length === 0 ? [] : [report(parent, empty, context)]),
        ...keptOutByList(parent, context)
          .filter(({ child }) => !empty.includes(child))
          .map((one) => reportUnlisted(parent, one, context)),
      ]),
      undetermined: told.flatMap(({ parent, untold }) =>
        untold.length === 0 ? [] : [leaveOpen(parent, untold)],
      ),
    };
  },
});

function report(parent: Parent, empty: readonly Child[], context: CheckContext) {
  return {
    code: 'empty' as const,
    subject: parentSubject(parent.name),
    within: [HOST],
    data: { parent: parent.name, children: empty.map(({ label }) => label) },
    evidence: empty.map(({ link, label }) => ({
      from: 'links',
      says: `${link.ifname} of ${label}: mode source, macaddr_count 0`,
    })),
    remedies: [
      setMacvlanMode.request({
        where: empty.map(({ name }) => ({ kind: 'child' as const, name })),
        mode: 'bridge',
      }),
    ],
    advice: [
      'To keep source mode, put on the list of each whom it shall hear, with macaddr add (ip-link(8)); for what comes from beyond the LAN that is the gateway.',
      ...empty.flatMap((child) => hearGateway(child, context)),
    ],
  };
}

function reportUnlisted(parent: Parent, one: LostInside, context: CheckContext) {
  const { child, gateway } = one;
  const about = aboutChild(child);
  const count = listLength(child)?.toString() ?? 'of an unknown length';
  const { ifname } = child.link;
  return {
    code: 'unlisted' as const,
    ...about,
    within: [...about.within, HOST],
    data: { parent: parent.name, child: child.label, gateway },
    evidence: [
      { from: 'links', says: `${ifname} of ${child.label}: mode source, macaddr_count ${count}` },
      ...lostEvidence(parent, [one], context),
    ],
    advice: [
      `${commandInside(child, `ip -d link show dev ${shellWord(ifname)}`)} shows the list.`,
      ...macsAt(parent, gateway, context).flatMap((mac) => hearMac(child, gateway, mac)),
    ],
  };
}

function leaveOpen(parent: Parent, untold: readonly Child[]) {
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `whom ${listOf(untold.map(({ label }) => label))} listens to was not read (an older snapshot, or a kernel that does not tell); see ip -d link show where the link lives`,
  };
}
