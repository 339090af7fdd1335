// Echo requests of a child that its gateway got, or should have got, and whose answer never came to the child.
import { isUnresolved } from '../../../model/neighbour.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { isHere, isOnLink, isProbeable } from '../probing/probe-targets.js';
import { leftOutByChance } from '../verdicts/left-out-by-chance.js';
import { knewMac } from '../verdicts/gateway-reach.js';
import {
  find,
  neighboursAfter,
  type Reach,
  type Seen,
  tally,
  verdictOfAny,
} from '../verdicts/reach.js';
import { groupBy } from '../wording/victims.js';
import { counted } from '../wording/words.js';

export interface GatewayPair {
  readonly child: Child;
  readonly gateway: string;
}

/** Children with each of their gateways that is out there on the wire. */
export function gatewayPairs(parent: Parent, topology: Pick<Topology, 'host'>): GatewayPair[] {
  return parent.children
    .filter((child) => isProbeable(child))
    .flatMap((child) =>
      child.gateways
        .filter((ip) => !isHere(ip, parent, topology) && isOnLink(child, ip))
        .map((gateway) => ({ child, gateway })),
    );
}

export function echoesTo({ child, gateway }: GatewayPair, { observations }: EchoesSeen) {
  return find(observations, { probe: 'gateway-icmp', child: child.name, target: gateway });
}

/** Nothing but silence, and at least one request was seen on its way out. */
export function isLostOnTheWay(pair: GatewayPair, seen: EchoesSeen): boolean {
  const asked = echoesTo(pair, seen);
  return (
    asked.length > 0 &&
    asked.every((one) => isSilent(one)) &&
    asked.some(({ left = 0 }) => left > 0)
  );
}

/** Its echo requests never left the parent, although the gateway answers ARP in its name. */
export function isStuckInside(pair: GatewayPair, seen: EchoesSeen): boolean {
  const asked = echoesTo(pair, seen);
  const about = { child: pair.child.name, target: pair.gateway } as const;
  return (
    asked.length > 0 &&
    asked.every((one) => isSilent(one) && one.left === 0) &&
    find(seen.observations, { probe: 'gateway-arp-child', ...about }).some((one) => isAnswered(one))
  );
}

/** Others whose echo the gateway answered each time: then it does not ignore pings. The host first. */
export function controlsFor(
  { child, gateway }: GatewayPair,
  { observations }: EchoesSeen,
): (readonly Observation[])[] {
  const own = (probe: 'gateway-icmp-parent' | 'gateway-icmp'): Observation[] =>
    find(observations, { probe, parent: child.parent, target: gateway }).filter(
      (one) => one.child !== child.name,
    );
  return groupBy([...own('gateway-icmp-parent'), ...own('gateway-icmp')], ({ from }) => from)
    .map(([, asked]) => asked)
    .filter((asked) => asked.every((one) => isAnswered(one)));
}

/** Who was answered where somebody else was not. */
export function whoseAnswer({ from }: Observation): string {
  return from === 'host' ? 'the host' : 'another child';
}

/** Echo requests of a child's that all were in vain, beside one of somebody else's that was not. */
export function silenceBeside({
  child,
  gateway,
  sent,
  control,
}: GatewayPair & { readonly sent: number; readonly control: Observation }): string {
  return `${counted(sent, 'echo request')} of ${child.label} to ${gateway} stayed unanswered; ${gateway} answered ${whoseAnswer(control)}`;
}

/** An echo that was lost behind the gateway's ARP, with what is known of its answer. */
export interface LostEcho extends GatewayPair {
  readonly control: Observation;
  /** Requests that were sent, and those that the parent's tap saw leave. */
  readonly sent: number;
  readonly left: number;
  /** Replies that came in on the parent for a MAC that is not the child's; most frames first. */
  readonly elsewhere: readonly { readonly mac: string; readonly frames: number }[];
  /** Replies that came in on the parent for the child's own MAC, and went no further. */
  readonly own: number;
  /** The child had no entry for the gateway: its own ARP request of this very run told the gateway its MAC (RFC 826). */
  readonly isAnnounced: boolean;
  /** The MAC that the child sends to, where the gateway's own ARP answers name other ones: the child's entry is wrong. */
  readonly wrongMac: string | undefined;
  /** Connections to the gateway: answered, refusals included, or not; `unknown` where none was tried. */
  readonly connects: { readonly child: Reach; readonly control: Reach };
  /** Questions that the gateway left out by chance just now: it may have missed the child's MAC in the same way. */
  readonly leftOut: number;
}

/** What is there before anything is known of the answer: what was seen, and the topology of the run. */
type EchoesSeen = Pick<Seen, 'observations'>;

/** Fewer requests than this may all have been lost by chance. */
export const LEAST_REQUESTS = 4;

/** Children whose ARP the gateway answers, and whose echo it does not, although it answers that of others. */
export function lostEchoes(parent: Parent, topology: Topology, seen: Seen): LostEcho[] {
  return gatewayPairs(parent, topology).flatMap((pair) => {
    const asked = echoesTo(pair, seen);
    const { sent } = tally(asked);
    if (!isLostOnTheWay(pair, seen) || sent < LEAST_REQUESTS || !knowsMac(pair, seen)) return [];
    // Asked again after the child: one that answers a few pings a second has nothing left for it then.
    const control = controlsFor(pair, seen).find((answers) => answers.length > 1)?.[0];
    if (control === undefined) return [];
    const arrivals = framesByMac(asked);
    const { mac } = pair.child;
    return [
      {
        ...pair,
        control,
        sent,
        left: asked.reduce((sum, { left = 0 }) => sum + left, 0),
        elsewhere: [...arrivals]
          .filter(([other]) => other !== mac)
          .map(([other, frames]) => ({ mac: other, frames }))
          .toSorted((a, b) => b.frames - a.frames),
        own: arrivals.get(mac) ?? 0,
        isAnnounced: !knewMac(pair.child, pair.gateway),
        wrongMac: wrongMacOf(pair, seen),
        connects: {
          child: connectionOf(pair.child.endpoint, pair, seen),
          control: connectionOf(control.from, pair, seen),
        },
        leftOut: tally(leftOutByChance(pair.child.parent, pair.gateway, seen)).sent,
      },
    ];
  });
}

function connectionOf(from: string, { child, gateway }: GatewayPair, seen: Seen): Reach {
  const tried = find(seen.observations, {
    probe: 'service-tcp',
    parent: child.parent,
    target: gateway,
  }).filter((one) => one.from === from);
  return verdictOfAny(tried);
}

function framesByMac(asked: readonly Observation[]): Map<string, number> {
  const frames = new Map<string, number>();
  for (const { mac, frames: count } of asked.flatMap(({ arrived }) => arrived ?? []))
    frames.set(mac, (frames.get(mac) ?? 0) + count);
  return frames;
}

/** ARP worked: the child's own table has the gateway's MAC, or its probe was answered. */
function knowsMac({ child, gateway }: GatewayPair, seen: Seen): boolean {
  const entry = neighboursAfter(child, seen)?.find(({ dst }) => dst === gateway);
  if (entry !== undefined) return entry.lladdr !== undefined && !isUnresolved(entry);
  const about = { probe: 'gateway-arp-child', child: child.name, target: gateway } as const;
  return find(seen.observations, about).some((one) => isAnswered(one));
}

function wrongMacOf({ child, gateway }: GatewayPair, seen: Seen): string | undefined {
  const held = neighboursAfter(child, seen)?.find(({ dst }) => dst === gateway)?.lladdr;
  const about = { parent: child.parent, target: gateway } as const;
  const macs = (['gateway-arp-child', 'gateway-arp-parent'] as const).flatMap((probe) =>
    find(seen.observations, { probe, ...about }).flatMap(({ replies }) =>
      replies.map(({ mac }) => mac),
    ),
  );
  return macs.length === 0 || macs.includes(held) ? undefined : held;
}
