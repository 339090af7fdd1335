// Children that do not get what their parent received for them: the frame is lost on this machine, not on the wire.
import { HOST, type Evidence } from '../../../model/finding.js';
import { isUnresolved } from '../../../model/neighbour.js';
import { isSilent } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { droppingArpIn, droppingOnDevice, filterEvidence } from '../passage/filters.js';
import { upOnes } from '../topology/parents.js';
import { ipv4Of } from '../probing/probe-targets.js';
import { find, neighboursAfter, type Seen } from './reach.js';
import { aboutChild, listOf, parentSubject } from '../wording/victims.js';

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
  // What a child in source mode does not get, its list keeps out: source-list-empty's matter.
  const children = upOnes(parent.children).filter(({ mode }) => mode !== 'source');
  return withoutMac(children, seen);
}

/** The same of those in source mode. */
export function keptOutByList(parent: Parent, seen: Seen): LostInside[] {
  return withoutMac(
    upOnes(parent.children).filter(({ mode }) => mode === 'source'),
    seen,
  );
}

function withoutMac(children: readonly Child[], seen: Seen): LostInside[] {
  return children.flatMap((child) => {
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

/** While others get theirs, nothing is said of the parent: a fault of theirs must not hide behind it. */
export function aboutLost(parent: Parent, lost: readonly LostInside[]) {
  const [first, ...others] = lost.map(({ child }) => aboutChild(child));
  const isWhole = upOnes(parent.children).every((one) => lost.some(({ child }) => child === one));
  return isWhole || first === undefined
    ? { subject: parentSubject(parent.name), within: [HOST] }
    : {
        subject: first.subject,
        also: others.map(({ subject }) => subject),
        within: [...first.within, HOST],
      };
}

export function lostEvidence(
  parent: Parent,
  lost: readonly LostInside[],
  { topology, facts }: { readonly topology: Topology; readonly facts: Facts },
): Evidence[] {
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
    ...filterEvidence('on the host', droppingOnDevice(topology.host.inode, facts)),
    ...lost.flatMap(({ child }) =>
      filterEvidence(`inside ${child.label}`, droppingArpIn(child.netns.inode, facts)),
    ),
  ];
}

/** `device` is a whole word of the shell. */
export function lostAdvice(device: string): string[] {
  return [
    `\`nft list ruleset\` shows chains with "hook ingress device ${device}", \`tc filter show dev ${device} ingress\` the rules of tc. Both see a frame before macvlan does.`,
    'Inside a child, arptables or an nftables table of the arp family can drop the answers as well.',
  ];
}
