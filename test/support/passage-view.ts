// A LAN in which ARP always works, and a test says step by step what else does: all rounds of a run are played.
import {
  MOST_FOLLOW_UPS,
  planFollowUps,
} from '../../src/core/derive/probing/follow-up/follow-up.js';
import { namespacesToLookInto } from '../../src/core/derive/probing/follow-up/second-look.js';
import { planProbes } from '../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { known, unknown } from '../../src/model/fact.js';
import type { NetnsRules, NetnsServices } from '../../src/model/filter.js';
import type { Neighbour } from '../../src/model/neighbour.js';
import type { Observation, ProbeStep } from '../../src/model/observation.js';
import type { Facts, Snapshot } from '../../src/model/snapshot.js';
import type { Topology } from '../../src/model/topology.js';
import type { SnapshotBuilder } from './a-snapshot.js';
import { observe } from './lan-view.js';

/** What came of a step, where it is not as on a sound LAN. */
export type Outcome = 'answered' | 'silent' | Partial<Observation> | undefined;

export interface Passage {
  /** `round` counts from 0. */
  readonly outcome?: (step: ProbeStep, round: number, topology: Topology) => Outcome;
  /** By label of the child, or `host`: what the second look finds, where it looks. */
  readonly rules?: Readonly<Record<string, NetnsRules>>;
  readonly services?: Readonly<Record<string, NetnsServices>>;
  /** Entries after the probes in place of those that ARP would make: `undefined` for none. */
  readonly entry?: (asker: string, ip: string) => Neighbour['lladdr'] | null | undefined;
}

const TRIES = 4;
const GATEWAY_MAC = '52:54:00:aa:00:01';

export function played(builder: SnapshotBuilder, passage: Passage = {}): Snapshot {
  const snapshot = builder.allHealthy().build();
  const facts = { ...snapshot.facts, neighboursAfter: unknown('skipped', 'not yet') };
  const topology = buildTopology({ facts, scope: snapshot.scope });
  const sound = new Map(observe({ topology, facts }).map((one) => [keyOf(one), one]));
  const tried = (step: ProbeStep, round: number): Observation => {
    const outcome = passage.outcome?.(step, round, topology);
    const usual = sound.get(keyOf(step)) ?? answeredBy(step);
    return { ...usual, ...step, ...partOf(step, outcome) };
  };
  let observations = planProbes(topology, facts).map((step) => tried(step, 0));
  const inodes = namespacesToLookInto({ topology, facts, observations, expectations: [] });
  const looked = { ...facts, ...lookedInto(inodes, topology, passage) };
  for (let round = 1; round <= MOST_FOLLOW_UPS; round += 1) {
    const steps = planFollowUps({ topology, facts: looked, observations, expectations: [] });
    observations = [...observations, ...steps.map((step) => tried(step, round))];
  }
  const neighboursAfter = known(tables(observations, topology, passage));
  return { ...snapshot, facts: { ...looked, neighboursAfter }, observations };
}

function keyOf({ probe, from, to, parent, target, send }: ProbeStep): string {
  return [probe, from, to, parent, target, JSON.stringify(send)].join(' ');
}

/** What is asked only when something was missing: a sound LAN answers that too. */
function answeredBy(step: ProbeStep): Observation {
  const tcp = step.send.kind === 'tcp' ? { tcp: 'refused' as const } : {};
  return { ...step, sent: 1, replies: [{ rttMs: 0.4, ...tcp }] };
}

function partOf(step: ProbeStep, outcome: Outcome): Partial<Observation> {
  if (outcome === undefined) return {};
  if (outcome === 'silent') return { sent: TRIES, replies: [] };
  if (outcome === 'answered') return answeredBy(step);
  return { sent: TRIES, replies: [], ...outcome };
}

function lookedInto(
  inodes: readonly number[],
  topology: Topology,
  { rules = {}, services = {} }: Passage,
): Pick<Facts, 'filters' | 'services'> {
  const labelOf = (inode: number): string =>
    topology.parents.flatMap(({ children }) => children).find(({ netns }) => netns.inode === inode)
      ?.label ?? 'host';
  const pick = <T>(of: Readonly<Record<string, T>>, none: T) =>
    known(
      Object.fromEntries(inodes.map((inode) => [inode.toString(), of[labelOf(inode)] ?? none])),
    );
  return { filters: pick(rules, { dropping: [] }), services: pick(services, { listening: [] }) };
}

function tables(
  observations: readonly Observation[],
  topology: Topology,
  { entry }: Passage,
): Record<string, Neighbour[]> {
  const all: Record<string, Neighbour[]> = {};
  const ends = topology.parents.flatMap(({ children, shims }) => [...children, ...shims]);
  for (const { from, target, send, parent } of observations) {
    if (send.kind !== 'icmp') continue;
    const owner = ends.find(({ addresses }) => addresses.some(({ local }) => local === target));
    const said = entry?.(from, target);
    const lladdr = said === undefined ? (owner?.mac ?? GATEWAY_MAC) : said;
    const child = topology.parents
      .flatMap(({ children }) => children)
      .find(({ netns }) => netns.inode === send.netns);
    const dev = child?.link.ifname ?? send.device ?? parent;
    const found: Neighbour =
      lladdr === null
        ? { dst: target, dev, state: ['FAILED'] }
        : { dst: target, dev, lladdr, state: ['REACHABLE'] };
    all[send.netns.toString()] = [...(all[send.netns.toString()] ?? []), found];
  }
  return all;
}
