// What was seen against what the model says: agreement on a failure is configuration, disagreement lies outside the model.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Agreement, Predicted } from '../../../model/report.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';
import { reflects } from '../verdicts/reach.js';
import { predict } from './predict.js';
import type { Prediction, Reflects } from './prediction.js';

export interface Compared {
  readonly observation: Observation;
  readonly prediction: Prediction;
  readonly agreement: Agreement;
}

export interface Seen {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly observations: readonly Observation[];
}

/** The model's word on each observation, in their order; whether the port reflects was seen by the same run. */
export function predictAll({ topology, facts, observations }: Seen): Prediction[] {
  const ports = new Map<string, Reflects>(
    topology.parents.map((parent) => [parent.name, reflects(parent, { facts, observations })]),
  );
  return observations.map((step) =>
    predict(step, { topology, facts, reflects: ports.get(step.parent) ?? 'unknown' }),
  );
}

/** One for each observation. */
export function compare(
  observations: readonly Observation[],
  predictions: readonly Prediction[],
): Compared[] {
  return observations.flatMap((observation, index) => {
    const prediction = predictions[index];
    if (prediction === undefined) return [];
    return [{ observation, prediction, agreement: agreementOf(observation, prediction) }];
  });
}

function agreementOf(observation: Observation, { outcome }: Prediction): Agreement {
  const isHeard = isAnswered(observation);
  if (outcome === 'either' || (!isHeard && !isSilent(observation))) return 'open';
  if (isHeard) return outcome === 'answer' ? 'as-predicted' : 'unexpected-answer';
  return outcome === 'silence' ? 'as-predicted' : 'unexpected-silence';
}

/** The same for the report, in the order of the observations. */
export function predictedIn(seen: Seen): Predicted[] {
  return compare(seen.observations, predictAll(seen)).map(({ prediction, agreement }) => {
    const { outcome, reason, because } = prediction;
    return { outcome, reason, because, agreement };
  });
}
