// Probe, see what that leaves open, and ask on: a few rounds at the most, then the second look at what probes change.
import { namespacesToLookInto } from '../../core/derive/probing/follow-up/second-look.js';
import { affordable } from '../../core/derive/probing/frame-limit.js';
import { MOST_FOLLOW_UPS, planFollowUps } from '../../core/derive/probing/follow-up/follow-up.js';
import { withhold } from '../../core/derive/probing/withhold.js';
import { withPlan } from '../../core/plan/overlay.js';
import type { SweepPlan } from '../../core/plan/sweep-plan.js';
import { sendableSteps } from '../../core/plan/sendable.js';
import { gather, type Gathered } from '../../edge/gatherers/gather.js';
import { after, whereSilent } from '../../edge/gatherers/phases.js';
import type { Host } from '../../edge/host/host.js';
import { openProbeSession, type ProbeSession } from '../../edge/probes/run-probes.js';
import { known, valueOf } from '../../model/fact.js';
import type { Observation, ProbeStep } from '../../model/observation.js';
import type { Expectation, Facts } from '../../model/snapshot.js';
import type { SweepStep } from '../../model/sweep.js';
import type { Topology } from '../../model/topology.js';

/** No round begins that would not be over within so many windows; one in which questions take turns may be longer. */
const MOST_WINDOWS = 1 + MOST_FOLLOW_UPS;

const AT_THE_LIMIT =
  'Some questions were left out, so that the run keeps to its limit of frames; --parent or --container asks about fewer.';

export interface FirstLook {
  /** As they are, the plan among them. */
  readonly facts: Facts;
  /** As it would be once everything planned were made. */
  readonly topology: Topology;
  /** Of the first round. */
  readonly steps: readonly ProbeStep[];
  /** Of the first round as well, and not to be sent. */
  readonly withheld: readonly Observation[];
  /** Ranges to be asked through; absent where nothing is planned. */
  readonly sweeps?: SweepPlan;
}

export interface RoundsOptions {
  readonly host: Host;
  /** Of each round, milliseconds. */
  readonly windowMs: number;
  readonly expectations: readonly Expectation[];
  readonly foreignMacs: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Gets what all rounds so far have brought. */
  readonly onRound?: (soFar: Pick<Rounds, 'observations' | 'notes'>) => void;
}

export interface Rounds {
  readonly observations: readonly Observation[];
  /** What could not be used, in one sentence each. */
  readonly notes: readonly string[];
  readonly later: Gathered;
}

export async function probeInRounds(seen: FirstLook, options: RoundsOptions): Promise<Rounds> {
  const namespaces = valueOf(seen.facts.namespaces) ?? [];
  const session = openProbeSession({ host: options.host, namespaces });
  try {
    return await askOn(seen, options, session);
  } finally {
    await session.close();
  }
}

async function askOn(
  seen: FirstLook,
  options: RoundsOptions,
  session: ProbeSession,
): Promise<Rounds> {
  const { host, windowMs, expectations, foreignMacs, signal, onRound } = options;
  const { topology } = seen;
  const round = { windowMs, signal };
  const startedMs = host.monotonicMs();
  let { observations, notes } = await session.probe(seen.steps, round);
  observations = [...observations, ...seen.withheld];
  onRound?.({ observations, notes });
  const sweptFromMs = host.monotonicMs();
  const sweeps = await sweep(seen, options, session);
  const endsAtMs = startedMs + windowMs * MOST_WINDOWS + host.monotonicMs() - sweptFromMs;
  const before = { ...seen, facts: withPlan(seen.facts) };
  const suspects = namespacesToLookInto({ ...before, observations, expectations });
  const silent = whereSilent(suspects);
  const services = await gather(silent.services, host, seen.facts);
  const now = { ...seen.facts, ...services.facts, ...sweeps };
  const facts = withPlan(now);
  const followUps: Observation[] = [];
  for (let asked = 0; asked < MOST_FOLLOW_UPS; asked += 1) {
    signal.throwIfAborted();
    const planned = sendableSteps(
      planFollowUps({ topology, facts, observations, expectations }),
      topology,
    );
    if (planned.length === 0) break;
    const { steps: allowed, withheld } = withhold(planned, { topology, facts, foreignMacs });
    const steps = affordable(allowed, followUps, topology);
    if (steps.length < allowed.length) notes = [...notes, AT_THE_LIMIT];
    if (steps.length + withheld.length === 0) break;
    const answers = await session.probe(steps, round);
    followUps.push(...answers.observations);
    observations = [...observations, ...answers.observations, ...withheld];
    notes = [...notes, ...answers.notes];
    onRound?.({ observations, notes });
    if (host.monotonicMs() + windowMs > endsAtMs) break;
  }
  const later = await gather([...after, ...silent.filters], host, now);
  return {
    observations,
    notes: [...new Set(notes)],
    later: {
      facts: { ...sweeps, ...later.facts },
      sources: [...services.sources, ...later.sources],
    },
  };
}

/** What an engine would hand out, asked for on the LAN. */
async function sweep(
  { sweeps }: FirstLook,
  { windowMs, signal, onProgress }: RoundsOptions,
  session: ProbeSession,
): Promise<Pick<Gathered['facts'], 'sweeps'>> {
  if (sweeps === undefined) return {};
  const onSent = ({ range }: SweepStep, sent: number): void =>
    onProgress?.(`asking ${range} through; ${sent.toString()} frames so far`);
  const swept = await session.sweep(sweeps.steps, { windowMs, signal, onSent });
  return { sweeps: known([...swept, ...sweeps.left]) };
}
