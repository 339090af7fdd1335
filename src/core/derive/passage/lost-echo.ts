// Whether an echo that was lost proves that the gateway sends elsewhere, and what is quoted of it.
import type { Evidence } from '../../../model/finding.js';
import { ipv4Of } from '../probing/probe-targets.js';
import { counted } from '../wording/words.js';
import { whoseAnswer, type LostEcho } from './gateway-echo.js';
import { deletion, fixedWrongMac } from './wrong-entry.js';

/**
 * What came in for the child's own MAC was lost on this machine, which is firewall-child's matter. Without a reply to look
 * at, connections must fail as well: some gateways answer the pings of a few. And one that leaves out questions
 * by chance may just not have learnt the child's MAC yet.
 */
export function isSentElsewhere(one: LostEcho): boolean {
  const { own, elsewhere, connects, wrongMac, leftOut } = one;
  if (own > 0 || (wrongMac !== undefined && elsewhere.length === 0)) return false;
  const { child, control } = connects;
  return elsewhere.length > 0 || (child === 'silent' && control === 'answered' && leftOut === 0);
}

/** It may be the gateway's choice whom it answers. */
export function isUndecided(one: LostEcho): boolean {
  if (one.own > 0 || isSentElsewhere(one) || fixedWrongMac(one) !== undefined) return false;
  return one.connects.child !== 'answered';
}

export function whyUndecided({ child, gateway, wrongMac, leftOut }: LostEcho): string {
  if (wrongMac !== undefined) {
    return `${child.label} sends what is for ${gateway} to ${wrongMac}, and ${gateway} answers ARP with another MAC: the entry in ${child.label} is wrong, and its pings do not arrive; delete it there with \`${deletion(child, gateway)}\``;
  }
  const ip = ipv4Of(child)[0] ?? child.label;
  if (leftOut > 0) {
    return `${gateway} answers pings of others and none of ${child.label}, and it left out ${counted(leftOut, 'question')} of ends that it does answer: either it, or a switch, lets through so many packets at a time, so that it has missed which MAC ${ip} has, or it holds another one; ask again, with --container for fewer questions`;
  }
  return `${gateway} answers pings of others and none of ${child.label}, and no connection was of use: either it holds another MAC for ${ip}, or it answers the pings of a few only; the ARP table of ${gateway} shows which`;
}

export function lostEchoEvidence(one: LostEcho): Evidence[] {
  const { child, gateway, control, sent, left, elsewhere, connects } = one;
  const rtt = control.replies[0]?.rttMs ?? 0;
  const whose = whoseAnswer(control);
  const frames = elsewhere.map(({ mac, frames: count }) => `${count.toString()} for ${mac}`);
  const came = frames.length === 0 ? 'no reply came in' : `replies came in: ${frames.join(', ')}`;
  return [
    {
      from: 'probe:gateway-icmp',
      says: `${counted(sent, 'echo request')} of ${child.label} (${child.mac}) to ${gateway}, ${left.toString()} seen leaving ${child.parent}; ${came}, none for ${child.mac}`,
    },
    { from: 'neighboursAfter', says: `${child.label} has the MAC of ${gateway}: ARP works` },
    {
      from: `probe:${control.probe}`,
      says: `${gateway} answered ${whose} in ${rtt.toFixed(1)} ms`,
    },
    ...(connects.child === 'silent' && connects.control === 'answered'
      ? [
          {
            from: 'probe:service-tcp',
            says: `connections of ${child.label} to ${gateway} were neither taken nor refused; those of ${whose} were`,
          },
        ]
      : []),
  ];
}

export function fixedEntryAdvice(child: LostEcho['child']): string {
  return `In the router, under DHCP reservations, "static ARP" or "IP-MAC binding": delete the entry for ${ipv4Of(child)[0] ?? child.label}, or give it the MAC ${child.mac}. To announce the child does not change a fixed entry.`;
}

export const FILTER_ADVICE =
  "If the ARP table is right: look for a rule for this address in the router's firewall or parental control, and for IP source guard on the switch.";
