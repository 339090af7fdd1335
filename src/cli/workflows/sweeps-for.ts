// Which ranges a run asks through; what would take minutes upon minutes is wrong use.
import { MOST_TOLD, sweepSeconds } from '../../core/derive/probing/sweep-pace.js';
import { sizeOf } from '../../core/derive/probing/sweep-range.js';
import { planSweeps, type SweepPlan } from '../../core/plan/sweep-plan.js';
import { DoctorError } from '../../model/errors.js';
import type { Facts } from '../../model/snapshot.js';
import type { Topology } from '../../model/topology.js';

export interface SweepWishes {
  readonly isSweepTold?: boolean;
  readonly isSuggesting?: boolean;
}

/** Throws DoctorError where `--sweep` would ask for more than anybody would wait for. */
export function sweepsFor(
  topology: Topology,
  facts: Facts,
  { isSweepTold = false, isSuggesting = false }: SweepWishes,
): SweepPlan {
  const plan = planSweeps(topology, facts, { isTold: isSweepTold, isSuggesting });
  const addresses = plan.steps.reduce((sum, step) => sum + sizeOf(step), 0);
  if (addresses <= MOST_TOLD) return plan;
  const ranges = plan.steps.map(({ range }) => range).join(' and ');
  const asked = `${addresses.toString()} addresses of ${ranges}`;
  throw new DoctorError(
    'bad-flag',
    `--sweep would ask for ${asked}, and asks for ${MOST_TOLD.toString()} at the most (about ${sweepSeconds(MOST_TOLD).toString()} s): name an --ip-range, or leave --sweep out`,
  );
}
