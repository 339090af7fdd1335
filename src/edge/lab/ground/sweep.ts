// Removes labs that stand or that crashed, and tells them from one that is being used right now.
import { machineGround, isPrivileged, requireIproute2 } from './ground.js';
import { LAB_NETNS } from '../plan/naming.js';
import { isAlive } from './process-identity.js';
import { labsFolder, readStates, removeState, type LabState } from './state.js';
import { labNamespaces, removeNamespaces, squattersIn, type Squatter } from './teardown.js';
import { endHolder } from './user-namespace.js';

export interface Swept {
  /** Labs that were removed, with how they were found. */
  readonly removed: readonly {
    readonly id: string;
    readonly scenario?: string;
    readonly was: 'up' | 'crashed';
  }[];
  /** Labs of a `lab run` that still runs. */
  readonly leftAlone: readonly { readonly id: string; readonly pid: number }[];
  /** Processes that keep a nameless, empty namespace alive until they end. */
  readonly squatters: readonly Squatter[];
}

const isInUse = (state: LabState): boolean => !state.isStanding && isAlive(state.owner);

/** Removes the lab with this id, or every lab that is not in use. */
export async function sweepLabs(id?: string): Promise<Swept> {
  await requireIproute2();
  const isRoot = isPrivileged();
  const folder = labsFolder(isRoot, process.env);
  // Names first, notes second: a lab notes its names before it makes them, so that none looks like an orphan.
  const names = isRoot ? labNamespaces() : [];
  const all = readStates(folder);
  const states = all.filter((state) => id === undefined || state.id === id);
  const idle = states.filter((state) => !isInUse(state));
  const noted = new Set(all.map((state) => state.id));
  const orphans = names.filter((name) => {
    const labId = LAB_NETNS.exec(name)?.[1] ?? '';
    return !noted.has(labId) && (id === undefined || labId === id);
  });
  const doomed = [...(isRoot ? idle.flatMap((state) => state.namespaces) : []), ...orphans];
  const squatters = squattersIn(doomed);
  if (doomed.length > 0) await removeNamespaces(machineGround(), doomed);
  for (const state of idle) {
    if (state.holder !== undefined && isAlive(state.holder)) endHolder(state.holder);
    removeState(folder, state.id);
  }
  return {
    removed: [
      ...idle.map((state) => ({ id: state.id, scenario: state.scenario, was: wasUp(state) })),
      ...[...new Set(orphans.map((name) => LAB_NETNS.exec(name)?.[1] ?? ''))].map((labId) => ({
        id: labId,
        was: 'crashed' as const,
      })),
    ],
    leftAlone: states
      .filter((state) => isInUse(state))
      .map(({ id: labId, owner }) => ({ id: labId, pid: owner.pid })),
    squatters,
  };
}

function wasUp(state: LabState): 'up' | 'crashed' {
  return state.isStanding ? 'up' : 'crashed';
}
