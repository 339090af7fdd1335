// One lab from nothing to standing, and back to nothing however that ends.
import { randomInt } from 'node:crypto';
import { buildLan, stageFault } from './build.js';
import { drawPlan } from './plan/draw-plan.js';
import { isPrivileged, machineGround, requireIproute2, type Ground } from './ground/ground.js';
import { namespacesOf, type LanPlan } from './plan/plan.js';
import { identify, type ProcessIdentity } from './ground/process-identity.js';
import type { Scenario } from './scenario.js';
import { labsFolder, removeState, writeState, type LabState } from './ground/state.js';
import { removeNamespaces } from './ground/teardown.js';
import { endHolder, layUserGround } from './ground/user-namespace.js';

export interface LabOptions {
  readonly scenario: Scenario;
  /** Drawn when absent. */
  readonly seed?: number;
  /** Number of children on the first parent, instead of what the seed draws. */
  readonly children?: number;
  /** Leave it standing when this process ends. */
  readonly outlivesUs?: boolean;
  readonly signal: AbortSignal;
}

export interface Lab {
  readonly scenario: Scenario;
  readonly plan: LanPlan;
  readonly ground: Ground;
  /** Removes everything; safe to call twice. */
  readonly takeDown: () => Promise<void>;
}

const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Six characters that no other lab has, whatever its seed. */
function newLabId(): string {
  return Array.from({ length: 6 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
}

/** Builds the scenario's LAN and stages its fault. When that fails or is interrupted, nothing stays. */
export async function raiseLab(options: LabOptions): Promise<Lab> {
  const { scenario, signal, outlivesUs = false } = options;
  await requireIproute2();
  const isRoot = isPrivileged();
  const plan = drawPlan(scenario.lan, {
    labId: newLabId(),
    seed: options.seed ?? randomInt(1, 100_000),
    ...(options.children === undefined ? {} : { children: options.children }),
  });
  const folder = labsFolder(isRoot, process.env);
  const ground = isRoot ? machineGround() : await layUserGround(outlivesUs);
  const state = stateOf(scenario, plan, ground);
  const takeDown = async (): Promise<void> => {
    if (ground.holder === undefined) await removeNamespaces(ground, state.namespaces);
    else endHolder(ground.holder);
    removeState(folder, state.id);
  };
  try {
    signal.throwIfAborted();
    // What lives by a holder that ends with us needs no note: after a crash there is nothing left to remove.
    if (ground.holder === undefined || outlivesUs) writeState(folder, state);
    await buildLan(ground, plan, signal);
    await stageFault(ground, plan, scenario.fault, signal);
    if (outlivesUs) writeState(folder, { ...state, isStanding: true });
  } catch (error) {
    await takeDown();
    throw error;
  }
  return { scenario, plan, ground, takeDown };
}

function stateOf(scenario: Scenario, plan: LanPlan, ground: Ground): LabState {
  return {
    id: plan.labId,
    scenario: scenario.id,
    seed: plan.seed,
    owner: ourselves(),
    isStanding: false,
    ...(ground.holder === undefined ? {} : { holder: ground.holder }),
    namespaces: namespacesOf(plan),
  };
}

function ourselves(): ProcessIdentity {
  return identify(process.pid) ?? { pid: process.pid, startTime: 0 };
}
