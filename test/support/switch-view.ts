// A LAN with a will of its own: what is beyond the parent decides frame by frame, and the doctor asks on for as many rounds as it would.
import {
  MOST_FOLLOW_UPS,
  planFollowUps,
} from '../../src/core/derive/probing/follow-up/follow-up.js';
import { planProbes } from '../../src/core/derive/probing/probe-plan.js';
import { contentOf } from '../../src/core/derive/topology/content.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { known, unknown } from '../../src/model/fact.js';
import type { Observation, ProbeStep, Reply } from '../../src/model/observation.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import type { Topology } from '../../src/model/topology.js';
import type { SnapshotBuilder } from './a-snapshot.js';
import { neighboursAfterOf, observe } from './lan-view.js';

/** What is at the other end of the parents, for everybody alike unless it looks at the MAC. */
export interface Beyond {
  /** The port takes in a frame with this source. Default: all. */
  readonly takes?: (mac: string) => boolean;
  /** The port delivers a frame with this destination. Default: all. */
  readonly delivers?: (mac: string) => boolean;
  /** The parent's card lets foreign unicast in only while it is promiscuous. */
  readonly cardIsStrict?: boolean;
  /** Addresses on the LAN that answer. Default: all that are not on this machine. */
  readonly isThere?: (ip: string) => boolean;
  /** Whom an ARP reply is addressed to. Default: the sender in the request's message. */
  readonly repliesTo?: 'sender' | 'frame';
  readonly ignoresPing?: boolean;
  /** Addresses that answer no ARP request without a sender (RFC 5227). */
  readonly ignoresArpProbes?: readonly string[];
  /** Answers no ARP request at all. */
  readonly ignoresArp?: boolean;
  /** Refuses connections, rather than to leave them unanswered. */
  readonly refuses?: boolean;
  /** What `takes` and `delivers` say holds for frames to and from this address alone. */
  readonly appliesTo?: string;
  /** One frame in so many is lost, each way: the draws, one per frame. */
  readonly isLost?: () => boolean;
}

const LAN_MAC = '52:54:00:aa:00:01';
const TRIES = 4;

/** The snapshot that a run would have saved. Only what crosses the wire is up to the LAN; the rest is as on a sound host. */
export function probedBehind(builder: SnapshotBuilder, beyond: Beyond): Snapshot {
  const snapshot = builder.allHealthy().build();
  const notYet = unknown('skipped', 'the probes are not done');
  const facts = { ...snapshot.facts, neighboursAfter: notYet };
  const topology = buildTopology({ facts, scope: snapshot.scope });
  const sound = new Map(observe({ topology, facts }).map((one) => [keyOf(one), one]));
  const tried = (step: ProbeStep): Observation =>
    crossesWire(step, topology, beyond)
      ? send(step, topology, beyond)
      : (sound.get(keyOf(step)) ?? { ...step, sent: TRIES, replies: [] });
  let observations = planProbes(topology, facts).map((step) => tried(step));
  for (let round = 0; round < MOST_FOLLOW_UPS; round += 1) {
    const steps = planFollowUps({ topology, facts, observations, expectations: [] });
    observations = [...observations, ...steps.map((step) => tried(step))];
  }
  const said = taughtByProbes(observations, topology);
  const neighboursAfter = known(neighboursAfterOf({ facts, topology, observations, said }));
  return { ...snapshot, facts: { ...facts, neighboursAfter }, observations };
}

/** The kernel takes any ARP answer to a child's MAC for an answer to the child, ours included (arp_process). */
function taughtByProbes(observations: readonly Observation[], topology: Topology) {
  return observations.flatMap(({ probe, child: name, target, replies }) => {
    const child = topology.parents
      .flatMap(({ children }) => children)
      .find((candidate) => candidate.name === name);
    const isToChild = replies.some(({ ethernetDestination: to }) => to === child?.mac);
    if (child === undefined || !isToChild || !probe.startsWith('split-')) return [];
    const entry = { dst: target, dev: child.link.ifname, lladdr: LAN_MAC };
    return [{ inode: child.netns.inode, neighbour: { ...entry, state: ['REACHABLE' as const] } }];
  });
}

function keyOf({ probe, from, to, parent, target, send: what }: ProbeStep): string {
  return [probe, from, to, parent, target, JSON.stringify(what)].join(' ');
}

function crossesWire(
  { target, send: { kind } }: ProbeStep,
  topology: Topology,
  { refuses = false }: Beyond,
): boolean {
  const { parents } = topology;
  const ends = parents.flatMap(({ children, shims }) => [...children, ...shims]);
  const here = new Set(
    [...ends.flatMap(({ addresses }) => addresses), ...contentOf(topology.host).addresses].map(
      ({ local }) => local,
    ),
  );
  const isAsked = kind === 'arp' || kind === 'icmp' || (kind === 'tcp' && refuses);
  return isAsked && target !== '' && !here.has(target);
}

function send(step: ProbeStep, topology: Topology, beyond: Beyond): Observation {
  if (step.probe === 'free-address-arp') return { ...step, sent: TRIES, replies: [] };
  for (let sent = 1; sent <= TRIES; sent += 1) {
    const reply = exchange(step, topology, beyond);
    if (reply !== undefined) return { ...step, sent, replies: [reply] };
  }
  return { ...step, sent: TRIES, replies: [] };
}

function exchange(step: ProbeStep, topology: Topology, beyond: Beyond): Reply | undefined {
  const [source, to] = macsOf(step, topology, beyond);
  const isMeant = beyond.appliesTo === undefined || beyond.appliesTo === step.target;
  if (!wouldReply(step, beyond)) return undefined;
  if (isMeant && !isCarried(source, to, beyond)) return undefined;
  const parent = topology.parents.find(({ name }) => name === step.parent);
  const isOpen = step.send.kind === 'arp' && step.send.isPromiscuous === true;
  const isOwn = to === parent?.link.address;
  if (beyond.cardIsStrict === true && !isOwn && !isOpen) return undefined;
  return {
    rttMs: 0.4,
    ...(step.send.kind === 'arp' && {
      mac: LAN_MAC,
      forIp: step.send.senderIp,
      ethernetDestination: to,
    }),
  };
}

function wouldReply({ send, target }: ProbeStep, beyond: Beyond): boolean {
  if (beyond.isThere?.(target) === false) return false;
  if (send.kind === 'tcp') return true;
  if (send.kind === 'arp' && beyond.ignoresArp === true) return false;
  return send.kind === 'arp'
    ? send.senderIp !== '0.0.0.0' || beyond.ignoresArpProbes?.includes(target) !== true
    : beyond.ignoresPing !== true;
}

function isCarried(source: string, to: string, { takes, delivers, isLost }: Beyond): boolean {
  if (isLost?.() === true || isLost?.() === true) return false;
  return takes?.(source) !== false && delivers?.(to) !== false;
}

/** Source of the frame that leaves, and destination of the one that comes back. */
function macsOf(step: ProbeStep, topology: Topology, { repliesTo }: Beyond): [string, string] {
  const { send: what, parent: name } = step;
  const parent = topology.parents.find((one) => one.name === name);
  if (what.kind === 'arp') {
    const { ethernetSource, senderMac } = what;
    return [ethernetSource, repliesTo === 'frame' ? ethernetSource : senderMac];
  }
  const child = parent?.children.find((one) => one.name === step.child);
  const mac = child?.mac ?? parent?.link.address ?? '';
  return [mac, mac];
}
