// A gateway that hears a child and answers somebody else: it holds another MAC for the child's address.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import { isNobodys, ownerHere } from '../derive/passage/expected-mac.js';
import { gatewayPairs, lostEchoes, type LostEcho } from '../derive/passage/gateway-echo.js';
import {
  FILTER_ADVICE,
  fixedEntryAdvice,
  isSentElsewhere,
  isUndecided,
  lostEchoEvidence,
  whyUndecided,
} from '../derive/passage/lost-echo.js';
import { wrongEntry } from '../derive/passage/wrong-entry.js';
import { leftUnasked } from '../derive/passage/unasked.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
import { aboutChild } from '../derive/wording/victims.js';
import announceChild from '../fixes/passage/announce-child.js';
import takeExpectedMac from '../fixes/passage/take-expected-mac.js';

export default defineCheck({
  meta: {
    id: 'stale-arp-at-gateway',
    category: 'neighbour',
    severity: 'fail',
    title: {
      pass: 'Every gateway that answers pings answers those of each child',
      found: 'A gateway and a child do not know each other by the right MAC',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'cloud-fabric',
      'hosting-provider-mac',
      'nic-unicast-filter',
      'source-mac-filter',
      'foreign-unicast-filter',
      'subnet-mismatch',
      'duplicate-ip',
      'duplicate-mac',
      'gateway-wrong',
      'firewall-child',
      'neighbour-table-full',
    ],
    docs: {
      explain: `A router remembers which MAC address each IP address has. When a container is made anew with its old IP address, its MAC is another one (Docker draws a random one per container since 28.0), and a router that still holds the old one sends every packet into the void. Most routers learn the new one as soon as the child asks them anything by ARP, or announces itself: Docker announces since 28.0, other engines do not. What never learns is a fixed entry: a static ARP entry, "IP-MAC binding" or "ARP binding" beside the DHCP reservation.

Told apart by watching the parent: the child's echo request leaves, the gateway answers pings of others, its ARP answers reach the child, and the echo reply comes in for another MAC, or not at all. When none comes in, a packet filter of the gateway for that one address looks the same, and both are named: a router may well refuse what is meant for itself, and pass on all the rest. A gateway that ignores all pings is healthy, and nothing is said of it. The other way round, a fixed entry of the child's own with another MAC than the gateway answers with is told of too; any other entry the kernel soon asks for anew.

What does not help: rebooting the switch, lowering the ARP timeouts of this host, promiscuous mode.`,
      references: [
        'RFC 826',
        'RFC 5944 4.6 (gratuitous ARP)',
        'arp(7)',
        'ip-sysctl.rst, arp_notify',
      ],
    },
  },
  messages: {
    'sent-elsewhere': ({ child, gateway, mac, owner, isTold }: ElsewhereData) => ({
      what: `${gateway} answers ${child}, and sends the answers to ${mac}${owner === '' ? '' : `, which is ${owner}`}.`,
      why: isTold
        ? `It holds that MAC for the address of ${child}. ${child} has just asked it by ARP, with its own MAC, and that changed nothing: the entry is a fixed one.`
        : `It remembers that MAC for the address of ${child}, from whoever had the address before.`,
      todo: isTold
        ? `Take the fixed entry out of the router (static ARP, IP-MAC binding), or give ${child} the MAC that it names.`
        : `Let ${child} announce itself; if that does not last, take the fixed entry out of the router.`,
    }),
    unanswered: ({ child, gateway }: UnansweredData) => ({
      what: `${gateway} answers the ARP of ${child} and the pings of others, and to the pings of ${child} no reply comes in.`,
      why: `Two things look like this from here: ${gateway} remembers another MAC for the address of ${child} and the switch sends the answers there; or ${gateway}, or the switch, filters that address, which may concern ${gateway} itself alone, and nothing that it passes on.`,
      todo: `Look up the address of ${child} in the router's ARP table: with another MAC than its own it is the first, else the second.`,
    }),
    'wrong-entry': ({ child, gateway, mac }: UnansweredData & { readonly mac: string }) => ({
      what: `${child} sends what is for ${gateway} to ${mac}, and ${gateway} has another MAC.`,
      why: `The entry in ${child} was set by hand and never expires, so nothing of what it sends to ${gateway} arrives.`,
      todo: `Delete the entry in ${child}, and have what sets it name the right MAC or none.`,
    }),
  },
  evaluate(_facts, context) {
    const { topology, notProbed } = context;
    const parents = topology.parents.filter((parent) => gatewayPairs(parent, topology).length > 0);
    if (parents.length === 0)
      return { notApplicable: 'no child that is up has an IPv4 gateway on the LAN' };
    if (notProbed !== undefined)
      return {
        findings: [],
        undetermined: leftUnasked(parents, 'gateways send their answers to the right MAC', context),
      };
    const lost = parents.flatMap((parent) => lostEchoes(parent, topology, context));
    return {
      findings: [
        ...lost.filter((one) => isSentElsewhere(one)).map((one) => report(one, context)),
        ...lost.flatMap((one) => wrongEntry(one)),
      ],
      undetermined: lost
        .filter((one) => isUndecided(one))
        .map((one) => ({ ...placeOf(one), reason: whyUndecided(one) })),
    };
  },
});

interface UnansweredData {
  readonly child: string;
  readonly gateway: string;
}

interface ElsewhereData extends UnansweredData {
  readonly mac: string;
  /** Whose it is on this machine; empty when nobody's. */
  readonly owner: string;
  /** The child's own ARP request of this run did not change it. */
  readonly isTold: boolean;
}

function placeOf({ child }: LostEcho) {
  const about = aboutChild(child);
  return { ...about, within: [...about.within, HOST] };
}

function report(one: LostEcho, context: CheckContext) {
  const { child, gateway, elsewhere, isAnnounced } = one;
  const data = { child: child.label, gateway };
  const base = { ...placeOf(one), evidence: lostEchoEvidence(one) };
  const announce = announceChild.request({ child: child.name });
  const [first] = elsewhere;
  if (first === undefined) {
    return {
      code: 'unanswered' as const,
      ...base,
      data,
      remedies: isAnnounced ? [] : [announce],
      advice: [fixedEntryAdvice(child), FILTER_ADVICE],
    };
  }
  const { mac } = first;
  const ip = ipv4Of(child)[0] ?? '';
  const take = isNobodys(mac, { ip, topology: context.topology, seen: context })
    ? [takeExpectedMac.request({ child: child.name, mac })]
    : [];
  return {
    code: 'sent-elsewhere' as const,
    ...base,
    data: { ...data, mac, owner: ownerHere(mac, context.topology) ?? '', isTold: isAnnounced },
    remedies: isAnnounced ? take : [announce],
    advice: [fixedEntryAdvice(child)],
  };
}
