// A gateway whose address a second machine on the LAN answers for.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import {
  areOwners,
  contestedEvidence,
  contestedGateways,
  isCertainlyContested,
  mayBeContested,
  type ContestedGateway,
} from '../derive/gateways/contested-gateways.js';
import { findByMac } from '../derive/owners/another-address.js';
import { whoseMac } from '../derive/owners/links-here.js';
import { controlEvidence } from '../derive/owners/duplicate-reports.js';
import { gatewayPairs } from '../derive/passage/gateway-echo.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';
import { aboutGateway, listOf, parentSubject } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'gateway-contested',
    category: 'neighbour',
    severity: 'fail',
    title: {
      pass: 'Every gateway is answered for by one machine',
      found: 'A second machine has the address of a gateway',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'parent-wireless', 'subnet-mismatch'],
    docs: {
      explain: `Somebody plugs in a second router, an access point or a camera whose address out of the box is that of the gateway, or gives a machine that address by mistake. Both answer when the LAN asks for it, and whoever answered last gets what is meant for the router. The Internet is gone for one container and not for the next, comes back, and is gone again.

It is seen by one ARP request that two MACs answer. The question has the sender 0.0.0.0 and changes nobody's cache. Links of this host are not counted, nor are machines that answer for every address (proxy ARP), which are told apart by addresses that should be nobody's.

Two MACs may also be one machine: a Linux router with two links into one LAN answers for its address on both of them, unless arp_ignore or arp_filter says otherwise. That does no harm as long as it forwards what comes in by either. So each MAC is handed an echo request: one machine answers both by the same link, and so with the same MAC, two answer each with their own. Where one of them answers no pings, both explanations are named and nothing is decided. Routers that share an address on purpose (VRRP, HSRP, CARP) answer one at a time, with one MAC.

What does not help: clearing ARP caches, which moves the trouble for a minute; a fixed ARP entry in each container, which hides it there and nowhere else.`,
      references: ['RFC 5227', 'RFC 9568', 'arp(7)', 'ip-sysctl.rst, arp_ignore and arp_filter'],
    },
  },
  messages: {
    contested: ({ gateway, macs, victims }: Data) => ({
      what: `${gateway}, the gateway of ${listOf(victims)}, is the address of more than one machine: ${listOf(macs)} answer for it.`,
      why: 'Whoever answered last gets what is meant for the router: now one container has a way out, and now another.',
      todo: 'Compare with the MAC of the router: the other one is a machine to find, and to give another address.',
    }),
  },
  evaluate(_facts, context) {
    const { topology, notProbed } = context;
    const parents = topology.parents.filter((parent) => gatewayPairs(parent, topology).length > 0);
    if (parents.length === 0)
      return { notApplicable: 'no child that is up has an IPv4 gateway on the LAN' };
    if (notProbed !== undefined) {
      const reason = `whether two answer for the address of a gateway was not seen: ${notProbed}${howToAsk(context)}`;
      return {
        findings: [],
        undetermined: parents.map(({ name }) => ({ subject: parentSubject(name), reason })),
      };
    }
    const all = parents.flatMap((parent) => contestedGateways(parent, context));
    return {
      findings: all
        .filter((one) => isCertainlyContested(one, context))
        .map((one) => report(one, context)),
      undetermined: all
        .filter((one) => !isCertainlyContested(one, context) && mayBeContested(one, context))
        .map((one) => ({ ...placeOf(one), reason: whyOpen(one) })),
    };
  },
});

interface Data {
  readonly gateway: string;
  readonly macs: readonly string[];
  readonly victims: readonly string[];
}

function placeOf({ gateway, parent }: ContestedGateway) {
  const { subject, within } = aboutGateway(gateway, parent);
  return { subject, within: [...within, HOST] };
}

function macsOf({ rivals }: ContestedGateway): string[] {
  return rivals.map(({ mac }) => mac);
}

function whyOpen(one: ContestedGateway): string {
  const { gateway } = one;
  const ways = areOwners(one)
    ? 'or they are one router with two links into this LAN, which does no harm; an echo request that was handed to each did not tell which'
    : "or one is a router that answers for others (proxy ARP); asking for an address that is nobody's did not tell which";
  return `${listOf(macsOf(one))} answer for ${gateway}: two machines have that address, ${ways}`;
}

function report(one: ContestedGateway, context: CheckContext) {
  const { gateway, parent, users } = one;
  const macs = macsOf(one);
  const named = macs.map((mac) => {
    const name = whoseMac(mac, context);
    return name === '' ? mac : `${mac} (${name})`;
  });
  return {
    code: 'contested' as const,
    ...placeOf(one),
    data: { gateway, macs: named, victims: users.map(({ label }) => label) },
    evidence: [...contestedEvidence(one, context), ...controlEvidence(parent, macs, context)],
    advice: [findByMac(macs)],
  };
}
