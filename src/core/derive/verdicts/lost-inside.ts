// Children that do not get what their parent received for them: the frame is lost on this machine, not on the wire.
import type { Evidence } from '../../../model/finding.js';
import { isUnresolved } from '../../../model/neighbour.js';
import { isSilent } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { upOnes } from '../topology/parents.js';
import { ipv4Of } from '../probing/probe-targets.js';
import { find, neighboursAfter, type Seen } from './reach.js';
import { listOf } from '../wording/victims.js';

export interface LostInside {
  readonly child: Child;
  /** Who answered the child's own question, past the parent's tap. */
  readonly gateway: string;
}

/**
 * The gateway's answer to the child's own ARP request was seen on the parent's tap (it names the child's address, where
 * an answer to a probe of ours names none), and the child's table still has no MAC for that gateway.
 */
export function lostInside(parent: Parent, seen: Seen): LostInside[] {
  return upOnes(parent.children).flatMap((child) => {
    const own = ipv4Of(child);
    const gateway = child.gateways.find((ip) => {
      const about = { child: child.name, target: ip } as const;
      const arrived = find(seen.observations, { probe: 'gateway-arp-child', ...about })
        .flatMap(({ replies }) => replies)
        .some(({ forIp }) => forIp !== undefined && own.includes(forIp));
      const pings = find(seen.observations, { probe: 'gateway-icmp', ...about });
      const isSent = pings.length > 0 && pings.every((one) => isSilent(one));
      return arrived && isSent && isStillUnresolved(child, ip, seen);
    });
    return gateway === undefined ? [] : [{ child, gateway }];
  });
}

/** The child's table, read again after the probes, has no MAC for it. */
export function isStillUnresolved(child: Child, ip: string, seen: Seen): boolean {
  const entry = neighboursAfter(child, seen)?.find(({ dst }) => dst === ip);
  return entry !== undefined && isUnresolved(entry);
}

export function lostEvidence(parent: Parent, lost: readonly LostInside[]): Evidence[] {
  const labels = lost.map(({ child }) => child.label);
  const gateways = [...new Set(lost.map(({ gateway }) => gateway))];
  return [
    {
      from: 'probe:gateway-arp-child',
      says: `on ${parent.name}, answers of ${listOf(gateways)} to ARP requests of ${listOf(labels)} were seen`,
    },
    {
      from: 'neighboursAfter',
      says: `${listOf(labels)} still ${labels.length === 1 ? 'has' : 'have'} no MAC address for ${listOf(gateways)}`,
    },
  ];
}

/** `device` is a whole word of the shell. */
export function lostAdvice(device: string): string[] {
  return [
    `\`nft list ruleset\` shows chains with "hook ingress device ${device}", \`tc filter show dev ${device} ingress\` the rules of tc. Both see a frame before macvlan does.`,
    'Inside a child, arptables or an nftables table of the arp family can drop the answers as well.',
  ];
}
