// Which practice LANs a self-test builds, in which order: each scenario and its healthy twin, all drawn from one seed. Pure.
import { drawFrom } from '../plan/random.js';
import { healthyTwin, type Scenario } from '../scenario.js';

/** A LAN to build and to judge. */
export interface PlannedTrial {
  /** What is built: the scenario, or its twin. */
  readonly scenario: Scenario;
  /** The scenario that it is tried for. */
  readonly of: string;
  readonly isTwin: boolean;
  /** Twins share it, so that they differ in the fault alone. */
  readonly seed: number;
}

/** Seeds that a person can read out. */
const SEEDS = 1_000_000;

/** FNV-1a (RFC 9923): a scenario keeps its seed whatever others there are. */
function seedOf(seed: number, id: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const letter of `${seed.toString()} ${id}`)
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93);
  return (hash >>> 0) % SEEDS;
}

/**
 * Scenarios in a drawn order, each with its twin before or after it. The two have the same MACs and addresses, and a doctor
 * sees every namespace of the machine: they must not stand at the same time.
 */
export function drawTrials(
  chosen: readonly Scenario[],
  all: readonly Scenario[],
  seed: number,
): readonly (readonly PlannedTrial[])[] {
  const draw = drawFrom(seed);
  const groups = chosen.map((scenario): PlannedTrial[] => {
    const drawn = { of: scenario.id, seed: seedOf(seed, scenario.id) };
    const itself = { ...drawn, scenario, isTwin: false };
    if (scenario.expect.length === 0) return [itself];
    const twin = { ...drawn, scenario: healthyTwin(scenario, all), isTwin: true };
    return draw.shuffled([itself, twin]);
  });
  return draw.shuffled(groups);
}
