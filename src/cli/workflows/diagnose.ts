// The main job: look, probe, look again, judge.
import { setTimeout as sleep } from 'node:timers/promises';
import { scopeOfPlan } from '../../core/plan/scope-of-plan.js';
import type { SweepPlan } from '../../core/plan/sweep-plan.js';
import { sendableSteps } from '../../core/plan/sendable.js';
import { withPlan } from '../../core/plan/overlay.js';
import { mostEntries, thinOut } from '../../core/derive/probing/neighbour-budget.js';
import { frameLimit } from '../../core/derive/probing/frame-limit.js';
import { MOST_FOLLOW_UPS } from '../../core/derive/probing/follow-up/follow-up.js';
import { planProbes } from '../../core/derive/probing/probe-plan.js';
import { withhold, WITHHELD } from '../../core/derive/probing/withhold.js';
import { counted } from '../../core/derive/wording/words.js';
import { isHalfMade } from '../../core/derive/topology/half-made.js';
import { buildTopology } from '../../core/derive/topology/topology.js';
import { gather, type Gathered } from '../../edge/gatherers/gather.js';
import { before, engineView } from '../../edge/gatherers/phases.js';
import type { Host } from '../../edge/host/host.js';
import { known, unknown } from '../../model/fact.js';
import type { Observation, ProbeStep } from '../../model/observation.js';
import type { Report, RunPlan } from '../../model/report.js';
import {
  SNAPSHOT_SCHEMA_VERSION,
  type Expectation,
  type Facts,
  type Scope,
  type Snapshot,
} from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';
import type { Plan } from '../../model/plan.js';
import { judge } from './judge.js';
import { NOT_GATHERED } from './not-gathered.js';
import { probeInRounds, type Rounds } from './probe-rounds.js';
import { resolveScope } from './scope.js';
import { sweepsFor } from './sweeps-for.js';
import { tool } from './tool.js';

export interface DiagnoseOptions {
  readonly parents: readonly string[];
  readonly networks: readonly string[];
  readonly containers: readonly string[];
  /** Send nothing at all. */
  readonly passive: boolean;
  /** The probe window, milliseconds. */
  readonly timeoutMs: number;
  readonly expectations: readonly Expectation[];
  /** Send frames with foreign MACs also where a provider may watch for them. */
  readonly foreignMacs?: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Networks that are to be made, or used as they are: the run is about these alone, as if all were there. */
  readonly plan?: (facts: Facts) => Plan;
  /** Ranges of any size are asked through on the LAN, not small ones alone. */
  readonly isSweepTold?: boolean;
  /** The report names a range in which nobody was met. */
  readonly isSuggesting?: boolean;
  readonly onProgress?: (line: string) => void;
  /** Gets what was seen so far after each step: all there is when the run is interrupted. */
  readonly onPartial?: (snapshot: Snapshot) => void;
  readonly signal: AbortSignal;
}

export interface Diagnosis {
  readonly report: Report;
  readonly snapshot: Snapshot;
}

/** Throws DoctorError when the scope names something that is not there, AbortError when interrupted. */
export async function diagnose(options: DiagnoseOptions, host: Host): Promise<Diagnosis> {
  const snapshot = await observe(options, host);
  return { snapshot, report: judge(snapshot, options, snapshot.durationMs ?? 0) };
}

/** Everything but the judgement. Throws like {@link diagnose}. */
export async function observe(options: DiagnoseOptions, host: Host): Promise<Snapshot> {
  const takenAt = new Date().toISOString();
  const startedMs = host.monotonicMs();
  const seen = await look(options, host);
  const snapshotOf = (probing: Probing): Snapshot => ({
    schemaVersion: SNAPSHOT_SCHEMA_VERSION,
    tool: tool(),
    takenAt,
    scope: seen.scope,
    facts: { ...seen.facts, ...probing.later.facts },
    observations: probing.observations,
    probing: probing.fact,
    sources: [...seen.sources, ...probing.later.sources],
    durationMs: Math.round(host.monotonicMs() - startedMs),
    expectations: options.expectations,
  });
  options.onPartial?.(snapshotOf(NOT_YET));
  options.signal.throwIfAborted();

  options.onProgress?.(progressLine(seen.topology, options.passive ? [] : seen.steps));
  const onRound = (probing: Probing): void => options.onPartial?.(snapshotOf(probing));
  return snapshotOf(await probe(options, host, seen, onRound));
}

/** What a run would send: nothing is sent, and nothing needs root that does not need it to be read. */
export async function planOnly(options: DiagnoseOptions, host: Host): Promise<RunPlan> {
  const { steps, topology } = await look(options, host);
  options.signal.throwIfAborted();
  return { steps, frameLimit: frameLimit(steps, topology), mostRounds: 1 + MOST_FOLLOW_UPS };
}

interface Seen {
  /** As they are, the plan among them. */
  readonly facts: Facts;
  /** As it would be once everything planned were made. */
  readonly sources: Gathered['sources'];
  readonly topology: Topology;
  readonly steps: readonly ProbeStep[];
  /** Steps that were planned and would have filled the kernel's neighbour table. */
  readonly leftOut: number;
  /** Steps that would have shown a foreign MAC to somebody who watches for it. */
  readonly withheld: readonly Observation[];
  readonly sweeps?: SweepPlan;
  readonly scope: Scope;
}

/** A container that starts takes a few tenths of a second from its link to its routes. */
const SETTLE_MS = 300;

/** Once more where a container may just be starting: what is still so then was meant, or is a fault. */
async function look(options: DiagnoseOptions, host: Host): Promise<Seen> {
  const first = await lookOnce(options, host);
  if (!isHalfMade(first.topology)) return first;
  const hasWaited = await sleep(SETTLE_MS, true, { signal: options.signal }).catch(() => false);
  return hasWaited ? lookOnce(options, host) : first;
}

async function lookOnce(options: DiagnoseOptions, host: Host): Promise<Seen> {
  const { parents, networks, containers } = options;
  // The engine may keep us waiting while the kernel answers at once: ask both at the same time.
  const [engine, kernel] = await Promise.all([gather(engineView, host), gather(before, host)]);
  const gathered = { ...NOT_GATHERED, ...kernel.facts, ...engine.facts };
  const plan = options.plan?.(gathered);
  const facts = { ...gathered, ...(plan !== undefined && { plan: known(plan) }) };
  const then = withPlan(facts);
  const scope =
    plan === undefined ? resolveScope({ parents, networks, containers }, then) : scopeOfPlan(plan);
  const topology = buildTopology({ facts: then, scope });
  const planned = sendableSteps(planProbes(topology, then, options.expectations), topology);
  const thinned = thinOut(planned, mostEntries(facts));
  const { foreignMacs } = options;
  return {
    facts,
    sources: [...kernel.sources, ...engine.sources],
    topology,
    ...withhold(thinned, { topology, facts: then, foreignMacs }),
    leftOut: planned.length - thinned.length,
    ...(plan !== undefined && { sweeps: sweepsFor(topology, then, options) }),
    scope,
  };
}

interface Probing {
  readonly observations: readonly Observation[];
  readonly fact: Snapshot['probing'];
  /** Facts of the second look. */
  readonly later: Gathered;
}

const NOTHING_LATER: Gathered = { facts: {}, sources: [] };
/** What an interrupted run has before the first answer. */
const NOT_YET: Probing = {
  observations: [],
  fact: unknown('skipped', 'the run was interrupted before anything was answered'),
  later: NOTHING_LATER,
};
const INTERRUPTED = 'The run was interrupted: questions that would have followed were not asked.';

async function probe(
  options: DiagnoseOptions,
  host: Host,
  seen: Seen,
  onRound: (soFar: Probing) => void,
): Promise<Probing> {
  if (options.passive) {
    const fact = unknown('skipped', 'nothing was sent (--passive)');
    const facts = seen.sweeps === undefined ? {} : { sweeps: fact };
    return { observations: [], fact, later: { ...NOTHING_LATER, facts } };
  }
  const probingOf = ({ observations, notes, later }: Rounds): Probing => {
    const allNotes = [...notes, ...leftOutNote(seen.leftOut), ...withheldNote(observations)];
    const value = { windowMs: options.timeoutMs, notes: allNotes };
    return { observations, fact: { state: 'known', value }, later };
  };
  const rounds = await probeInRounds(seen, {
    host,
    windowMs: options.timeoutMs,
    expectations: options.expectations,
    foreignMacs: options.foreignMacs,
    signal: options.signal,
    onProgress: options.onProgress,
    onRound: ({ observations, notes }) =>
      onRound(probingOf({ observations, notes: [...notes, INTERRUPTED], later: NOTHING_LATER })),
  });
  return probingOf(rounds);
}

function leftOutNote(count: number): string[] {
  if (count === 0) return [];
  return [
    `${counted(count, 'echo request')} left out, so that the kernel's neighbour table (arp(7), gc_thresh3) does not fill up.`,
  ];
}

function withheldNote(observations: readonly Observation[]): string[] {
  const count = observations.filter(({ error }) => error === WITHHELD).length;
  return count === 0 ? [] : [`${counted(count, 'probe')} ${WITHHELD}.`];
}

function progressLine(topology: Topology, steps: readonly ProbeStep[]): string {
  const children = topology.parents.reduce((sum, parent) => sum + parent.children.length, 0);
  const found = `${counted(topology.parents.length, 'parent')}, ${counted(children, 'child', 'children')}`;
  return steps.length === 0
    ? `${found} found`
    : `${found} found; ${steps.length.toString()} probes`;
}
