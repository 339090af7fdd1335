// Whom the split probe is worth asking about, and which machine on the LAN it asks.
import { isAdminUp } from '../../../model/link.js';
import { isAnswered, isSilent, type ProbeId } from '../../../model/observation.js';
import { isUnresolved } from '../../../model/neighbour.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { hostGatewaysOn } from '../gateways/host-gateways.js';
import { isIpv4 } from '../addressing/subnets.js';
import { isHere } from '../probing/probe-targets.js';
import { NO_SENDER } from '../probing/sends.js';
import { contentOf } from '../topology/content.js';
import { isByChance } from '../verdicts/beside.js';
import { find } from '../verdicts/reach.js';
import { groupBy } from '../wording/victims.js';
import { gatewaysBeyond, wasAnswered, type SeenAround } from './split-cells.js';

/** Per parent: a handful shows the pattern, each of them costs up to sixteen frames. */
export const MOST_SPLIT_CHILDREN = 8;

export interface SplitCandidate {
  readonly child: Child;
  readonly target: string;
  readonly isGateway: boolean;
}

/**
 * Children whose gateway was silent, each gateway's in turn; then children that nobody on the LAN was asked for; and one
 * that is answered, to hold the silent ones against. None where nothing is amiss.
 */
export function splitCandidates(parent: Parent, seen: SeenAround): SplitCandidate[] {
  // Where all who were asked were silent there is no answer to hope for: it would only mean to wait for one more window.
  if (isNobodyThere(parent, seen)) return [];
  const children = parent.children.filter((child) => hasOwnMac(child, parent));
  const heard = heardByParent(parent, seen);
  const silent = inTurns(
    children.flatMap((child) => {
      const gateway = silentGateway(child, parent, seen);
      return gateway === undefined ? [] : [{ child, ...targetFor(gateway, heard) }];
    }),
  );
  // Nobody was asked on behalf of these: the host's own router is most likely there, and the parent asks it meanwhile.
  const { topology } = seen;
  const [other] = [...heard, ...hostGatewaysOn(parent, topology), ...knownBy(parent, topology)];
  const unasked = children
    .filter((child) => other !== undefined && !wasAsked(child, seen))
    .map((child) => ({ child, target: other ?? '', isGateway: false }));
  const control = silent.length === 0 ? [] : answered(children, parent, seen).slice(0, 1);
  const first = [...silent, ...unasked].slice(0, MOST_SPLIT_CHILDREN - control.length);
  return [...first, ...control];
}

/** Machines on the LAN that the host's own stack has had an answer from, by the parent or by a shim on it. */
function knownBy(parent: Parent, topology: Pick<Topology, 'host'>): string[] {
  const links = new Set([parent.name, ...parent.shims.map(({ name }) => name)]);
  const behind = new Set([...parent.children, ...parent.shims].map(({ mac }) => mac));
  return contentOf(topology.host)
    .neighbours.filter(({ dev, dst }) => links.has(dev) && isIpv4(dst))
    .filter((entry) => !isUnresolved(entry) && !behind.has(entry.lladdr ?? ''))
    .map(({ dst }) => dst)
    .filter((ip) => !isHere(ip, parent, topology));
}

/** Children that asked a gateway beyond this machine, and got no answer from anywhere. */
export function silentOnes(parent: Parent, seen: SeenAround): Child[] {
  return parent.children.filter(
    (child) => hasOwnMac(child, parent) && silentGateway(child, parent, seen) !== undefined,
  );
}

/** A link that is down is in nobody's receive filter, and a passthru child speaks with the parent's own MAC. */
export function hasOwnMac({ link, mac, mode }: Child, parent: Parent): boolean {
  return isAdminUp(link) && mac !== '' && mac !== parent.link.address && mode !== 'passthru';
}

function silentGateway(child: Child, parent: Parent, seen: SeenAround): string | undefined {
  if (wasAnswered(child, parent, seen)) return undefined;
  return gatewaysBeyond(child, parent, seen).find((target) => {
    const probe = 'gateway-arp-child';
    const asked = find(seen.observations, { probe, child: child.name, target });
    const isSilence = asked.length > 0 && asked.every((one) => isSilent(one));
    return isSilence && !isByChance(child, target, seen);
  });
}

function answered(children: readonly Child[], parent: Parent, seen: SeenAround): SplitCandidate[] {
  return children.flatMap((child) => {
    const probe = 'gateway-arp-child';
    const asked = find(seen.observations, { probe, child: child.name });
    const reached = asked.find((one) => isAnswered(one));
    return reached !== undefined && wasAnswered(child, parent, seen)
      ? [{ child, target: reached.target, isGateway: true }]
      : [];
  });
}

function wasAsked(child: Child, { observations }: SeenAround): boolean {
  return find(observations, { probe: 'gateway-arp-child', child: child.name }).length > 0;
}

/** A gateway that answers nobody would leave it open who is at fault: somebody else who answers the parent is asked. */
function targetFor(gateway: string, heard: readonly string[]): Omit<SplitCandidate, 'child'> {
  if (heard.includes(gateway)) return { target: gateway, isGateway: true };
  const [other] = heard;
  return other === undefined
    ? { target: gateway, isGateway: true }
    : { target: other, isGateway: false };
}

/** Somebody was asked who should be out there, in whatever way, and nobody at all answered. */
function isNobodyThere(parent: Parent, seen: SeenAround): boolean {
  const asked = BEYOND.flatMap((probe) =>
    find(seen.observations, { probe, parent: parent.name }),
  ).filter(({ target }) => !isHere(target, parent, seen.topology));
  const isHopeful = asked.some(({ probe }) => probe !== 'free-address-arp');
  return isHopeful && !asked.some((one) => isAnswered(one));
}

/** Probes in which the parent asks the LAN in its own name. */
const BY_PARENT: readonly ProbeId[] = [
  'gateway-arp-parent',
  'host-gateway-arp',
  'neighbour-arp',
  'free-address-arp',
];

const BEYOND: readonly ProbeId[] = [
  ...BY_PARENT,
  'gateway-arp-child',
  'gateway-icmp',
  'gateway-icmp-parent',
];

/** Machines on the LAN that answered the parent's own ARP request, gateways first. */
export function heardByParent(parent: Parent, { observations, topology }: SeenAround): string[] {
  const heard = BY_PARENT.flatMap((probe) =>
    find(observations, { probe, parent: parent.name })
      .filter((one) => isAnswered(one) && !isHere(one.target, parent, topology))
      .map(({ target }) => target),
  );
  return [...new Set(heard)];
}

/**
 * The parent asked it without a sender and got no answer to that. What the host's own stack was answered meanwhile, with
 * its address as the sender, does not count.
 */
export function wantsSender(parent: Parent, target: string, { observations }: SeenAround): boolean {
  const asked = BY_PARENT.flatMap((probe) =>
    find(observations, { probe, parent: parent.name, target }),
  ).filter(({ error }) => error === undefined);
  const replies = asked.flatMap((one) => one.replies);
  return asked.length > 0 && !replies.some(({ forIp = NO_SENDER }) => forIp === NO_SENDER);
}

/** The first of each gateway, then the second of each, and so on. */
function inTurns(candidates: readonly SplitCandidate[]): SplitCandidate[] {
  const groups = groupBy(candidates, ({ target }) => target).map(([, group]) => group);
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => at).flatMap((at) =>
    groups.flatMap((group) => group.slice(at, at + 1)),
  );
}
