// Who else can say whether long packets pass: the host itself, and other machines on the LAN that answer pings.
import { isUnresolved } from '../../../model/neighbour.js';
import {
  isAnswered,
  isSilent,
  type IcmpSend,
  type Observation,
} from '../../../model/observation.js';
import type { Topology } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { isHere, isOnLink } from '../probing/probe-targets.js';
import { contentOf } from '../topology/content.js';
import { find, verdictOfAny, type Reach } from '../verdicts/reach.js';
import { bytesOf, SMALL, type SizeQuestion } from './size-search.js';

/** What the host's own echo of full size to the same gateway came to. */
export function hostAtFullSize(
  { parent, gateway, full }: SizeQuestion,
  observations: readonly Observation[],
): Reach {
  const asked = find(observations, {
    probe: 'full-size-icmp',
    parent: parent.name,
    target: gateway,
  }).filter((one) => one.from === 'host' && bytesOf(one) === full);
  return verdictOfAny(asked);
}

/**
 * What an ARP request came to that was filled up to full size: no limit for pings concerns it, and only the way there has
 * to carry it, for the answer is short. Silence counts where the gateway answered a short one of the same moment.
 */
export function arpAtFullSize(
  { parent, gateway, full }: SizeQuestion,
  observations: readonly Observation[],
): Reach {
  const asked = find(observations, {
    probe: 'full-size-arp',
    parent: parent.name,
    target: gateway,
  });
  const isFull = ({ send }: Observation): boolean => send.kind === 'arp' && send.bytes === full;
  const long = asked.filter((one) => isFull(one));
  const verdict = verdictOfAny(long);
  const isControlled = asked.some((one) => !isFull(one) && isAnswered(one));
  return verdict === 'silent' && !isControlled ? 'unknown' : verdict;
}

/** Other machines are asked up to here: one that agrees is enough. */
const MOST_WITNESSES = 2;

export interface Witness {
  readonly ip: string;
  readonly send: IcmpSend;
  /** Whose question it is: `host`, or the child's endpoint. */
  readonly from: string;
}

/** LAN machines that the child or the host has met already, so that no cache learns anybody new. */
export function witnessesFor(
  { parent, child, gateway }: SizeQuestion,
  topology: Topology,
): Witness[] {
  const met = (entry: {
    readonly dst: string;
    readonly lladdr?: string;
    readonly state: readonly string[];
  }) =>
    entry.lladdr !== undefined &&
    !entry.dst.includes(':') &&
    entry.dst !== gateway &&
    !isHere(entry.dst, parent, topology);
  const ofChild = child.neighbours
    .filter((entry) => met(entry) && !isUnresolved(entry) && isOnLink(child, entry.dst))
    .map(({ dst }): Witness => ({
      ip: dst,
      from: child.endpoint,
      send: { kind: 'icmp', netns: child.netns.inode },
    }));
  const nets = parent.addresses
    .filter(({ family }) => family === 'inet')
    .map(({ local, prefixlen }) => networkOf(local, prefixlen));
  const send = { kind: 'icmp', netns: topology.host.inode, device: parent.name } as const;
  const ofHost = contentOf(topology.host)
    .neighbours.filter((entry) => entry.dev === parent.name && met(entry) && !isUnresolved(entry))
    .filter(({ dst }) => nets.some((net) => contains(net, dst)))
    .map(({ dst }): Witness => ({ ip: dst, from: 'host', send }));
  const others = [...ofChild, ...ofHost];
  return others
    .filter(({ ip }, index) => others.findIndex((one) => one.ip === ip) === index)
    .slice(0, MOST_WITNESSES);
}

export interface Testimony {
  readonly ip: string;
  readonly from: string;
  /** It answers small packets and no full-size ones, or both. */
  readonly says: 'limited' | 'passes';
}

/** Machines that answered a small packet and were asked with a long one. */
export function testimonies(
  { parent, gateway, full }: SizeQuestion,
  observations: readonly Observation[],
): Testimony[] {
  const asked = find(observations, { probe: 'full-size-icmp', parent: parent.name }).filter(
    ({ target }) => target !== gateway,
  );
  return [...new Set(asked.map(({ target }) => target))].flatMap((ip): Testimony[] => {
    const about = asked.filter(({ target }) => target === ip);
    const hasAnswered = (bytes: number) =>
      about.some((one) => bytesOf(one) === bytes && isAnswered(one));
    const long = about.filter((one) => bytesOf(one) === full);
    const from = about[0]?.from ?? '';
    if (hasAnswered(full)) return [{ ip, from, says: 'passes' }];
    // Another gateway of the children has answered small ones in its own right.
    const isAlive =
      hasAnswered(SMALL) ||
      find(observations, { probe: 'gateway-icmp', parent: parent.name, target: ip }).some((one) =>
        isAnswered(one),
      );
    const isLimited = isAlive && long.some((one) => isSilent(one));
    return isLimited ? [{ ip, from, says: 'limited' }] : [];
  });
}
