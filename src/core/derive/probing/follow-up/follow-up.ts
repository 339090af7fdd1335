// What the answers so far leave open: the questions of the next round. Pure, so that a saved run can be followed as well.
import type { Observation, ProbeStep } from '../../../../model/observation.js';
import type { Expectation, Facts } from '../../../../model/snapshot.js';
import type { Topology } from '../../../../model/topology.js';
import { againSteps } from './again-steps.js';
import { inTheirNameSteps } from './in-their-name-steps.js';
import { crossingSteps } from './crossing-steps.js';
import { neighbourSteps } from './neighbour-steps.js';
import { ownerSteps } from './owner-steps.js';
import { relaySteps } from './relay-steps.js';
import { rivalSteps } from './rival-steps.js';
import { serviceSteps } from './service-steps.js';
import { sizeSteps } from './size-steps.js';
import { splitSteps } from './split-steps.js';

/** All that a question may look at. */
export interface SoFar {
  readonly topology: Topology;
  /** The facts of the first look, and `services` where an answer was missing. */
  readonly facts: Facts;
  /** Of all rounds so far. */
  readonly observations: readonly Observation[];
  readonly expectations: readonly Expectation[];
}

/** Rounds after the first one, at the most: each waits for one probe window. */
export const MOST_FOLLOW_UPS = 4;

/** Steps of the next round; none where everything is clear. Each question sees for itself whether it has been asked. */
export function planFollowUps(soFar: SoFar): ProbeStep[] {
  return [
    splitSteps,
    inTheirNameSteps,
    againSteps,
    relaySteps,
    ownerSteps,
    rivalSteps,
    crossingSteps,
    neighbourSteps,
    sizeSteps,
    serviceSteps,
  ].flatMap((ask) => ask(soFar));
}
