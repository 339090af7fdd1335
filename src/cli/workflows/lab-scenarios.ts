// Which scenarios there are, and the one that a user named.
import { scenarios } from '../../edge/lab/scenarios/index.js';
import type { Scenario } from '../../edge/lab/scenario.js';
import { healthyTwin } from '../../edge/lab/scenario.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';
import { nearest } from '../../core/derive/wording/nearest.js';

export type { Scenario } from '../../edge/lab/scenario.js';

/** The sick ones first, then the healthy ones. */
export function listScenarios(): readonly Scenario[] {
  const isHealthy = (scenario: Scenario): boolean => scenario.expect.length === 0;
  return [
    ...scenarios.filter((one) => !isHealthy(one)),
    ...scenarios.filter((one) => isHealthy(one)),
  ];
}

/** The scenario of that name, or all that stage the fault of the check of that name. */
export function pickScenarios(
  name: string,
  all: readonly Scenario[] = scenarios,
): readonly Scenario[] {
  const staging = all.filter(({ expect }) => expect.some(({ check }) => check === name));
  const isScenario = all.some(({ id }) => id === name);
  return isScenario || staging.length === 0 ? [pickScenario(name, false, all)] : staging;
}

/** The named scenario, or its healthy twin. */
export function pickScenario(
  id: string,
  isHealthy: boolean,
  all: readonly Scenario[] = scenarios,
): Scenario {
  const scenario = all.find((one) => one.id === id);
  if (scenario === undefined) {
    const near = nearest(
      id,
      all.map((one) => one.id),
    );
    const more = near.length === 0 ? '; `macvlan-doctor lab list` shows them all' : '';
    throw new DoctorError('no-such-scenario', `there is no scenario ${printable(id)}${more}`, near);
  }
  return isHealthy ? healthyTwin(scenario, all) : scenario;
}
