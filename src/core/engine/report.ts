// Results, observations and the picture of the host, put together as the report.
import { valueOf } from '../../model/fact.js';
import { isAnswered, type Observation } from '../../model/observation.js';
import {
  REPORT_SCHEMA_VERSION,
  type CheckResult,
  type Preflight,
  type Predicted,
  type Reachability,
  type Report,
} from '../../model/report.js';
import { countOf } from './summary.js';
import { withFingerprint } from './fingerprint.js';
import type { Snapshot } from '../../model/snapshot.js';

export interface ReportInput {
  readonly snapshot: Snapshot;
  readonly results: readonly CheckResult[];
  /** The topology's projection. */
  readonly topology: Report['topology'];
  readonly durationMs: number;
  readonly frameLimit: Report['frameLimit'];
  /** What the model says of each observation, in their order. */
  readonly predicted?: readonly Predicted[];
  /** Remarks on the run, besides those of the probes. */
  readonly notes?: readonly string[];
  /** The verdict on a plan. */
  readonly preflight?: Preflight;
}

export function buildReport(input: ReportInput): Report {
  const {
    snapshot,
    results,
    topology,
    durationMs,
    frameLimit,
    predicted = [],
    notes = [],
    preflight,
  } = input;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { ...snapshot.tool },
    startedAt: snapshot.takenAt,
    durationMs,
    host: hostOf(snapshot),
    summary: countOf(results),
    results: results.map((result) => withFingerprint(result)),
    reachability: reachabilityIn(snapshot.observations, macsIn(topology), predicted),
    topology,
    framesSent: [...snapshot.observations, ...(valueOf(snapshot.facts.sweeps) ?? [])].reduce(
      (sum, { sent }) => sum + sent,
      0,
    ),
    frameLimit,
    notes: [...new Set([...probingNotes(snapshot), ...notes])],
    ...(preflight !== undefined && { preflight }),
  };
}

function hostOf({ facts }: Snapshot): Report['host'] {
  const platform = valueOf(facts.platform);
  const privileges = platform?.privileges;
  return {
    hostname: platform?.hostname ?? 'unknown',
    kernel: platform?.kernel ?? 'unknown',
    platform: platform?.os ?? 'unknown',
    privileged: privileges?.canEnterNamespaces === true && privileges.canOpenRawSockets,
  };
}

type Macs = ReadonlyMap<string | undefined, string>;

/** Of children by name. */
function macsIn({ parents }: Report['topology']): Macs {
  return new Map(parents.flatMap(({ children }) => children.map(({ name, mac }) => [name, mac])));
}

function reachabilityIn(
  observations: readonly Observation[],
  macs: Macs,
  predicted: readonly Predicted[],
): Reachability[] {
  return observations.map((observation, index) =>
    reachabilityOf(byTheChild(observation, macs), predicted[index]),
  );
}

/** Whoever else answers for a child's address, the child was not reached. */
function byTheChild(observation: Observation, macs: Macs): Observation {
  if (observation.probe !== 'host-child-arp') return observation;
  const own = macs.get(observation.child);
  const replies = observation.replies.filter(
    ({ mac }) => mac === undefined || own === undefined || mac === own,
  );
  return { ...observation, replies };
}

function reachabilityOf(observation: Observation, predicted: Predicted | undefined): Reachability {
  const { from, to, probe, parent, send, sent, error, replies } = observation;
  const fastest = Math.min(...replies.map(({ rttMs }) => rttMs));
  return {
    from,
    to,
    method: send.kind,
    probe,
    parent,
    answered: isAnswered(observation),
    ...(replies.length === 0 ? {} : { rttMs: fastest }),
    sent,
    ...(error === undefined ? {} : { error }),
    ...(predicted === undefined ? {} : { predicted }),
  };
}

function probingNotes({ probing }: Snapshot): readonly string[] {
  return probing.state === 'known' ? probing.value.notes : [`No probes: ${probing.reason}.`];
}
