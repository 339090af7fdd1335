// A snapshot with stand-ins for everything that names somebody: the same faults, of nobody in particular.
import type { Snapshot } from '../../model/snapshot.js';
import { ipBits } from './addresses/ip-bits.js';
import { knownSubnets } from './addresses/known-subnets.js';
import { macBytes } from './addresses/mac-map.js';
import { originalsOf, type Originals } from './originals.js';
import type { Prf } from './prf.js';
import { SNAPSHOT } from './shapes/snapshot-shape.js';
import { NAME_KINDS, standInFor, type NameKind } from './names/stand-in.js';
import { type CaseMemory, StandIns } from './stand-ins.js';
import { ranked } from './ranked.js';
import { readThrough } from './shapes/walk-shape.js';

/** `prefix` keeps which host of its subnet an address is; `strict` does not, and drops the names of hosts. */
export type RedactionMode = CaseMemory['mode'];

export interface Redacted {
  readonly snapshot: Snapshot;
  readonly map: StandIns;
}

export interface RedactOptions {
  readonly mode: RedactionMode;
  readonly prf: Prf;
  /** What earlier bundles of the case had: what was called something then is called the same now. */
  readonly earlier?: CaseMemory;
}

export function redactSnapshot(snapshot: Snapshot, { prf, ...how }: RedactOptions): Redacted {
  const map = new StandIns(memoryOf(snapshot, how, prf), prf);
  return { snapshot: readThrough(ranked(snapshot), SNAPSHOT, map.mapper('out')), map };
}

/** Prose with stand-ins in the place of every original that the map knows, and of every address. */
export function redactText(text: string, map: StandIns): string {
  return map.mapper('out').prose(text);
}

/** The other way round: what somebody answered about stand-ins, about the real ones. */
export function translate(text: string, map: StandIns): string {
  return map.mapper('back').prose(text);
}

function memoryOf(
  snapshot: Snapshot,
  { mode, earlier }: Omit<RedactOptions, 'prf'>,
  prf: Prf,
): CaseMemory {
  const originals = originalsOf(snapshot);
  const { subnets = [], names = [], ids = [] } = earlier ?? {};
  return {
    mode,
    subnets: [...new Set([...subnets, ...knownSubnets(snapshot)])],
    names: [...names, ...namesOf(originals, prf, new Map(names))],
    ids: [...new Set([...ids, ...originals.ids])].toSorted(),
  };
}

/** One stand-in to one name, whatever it is the name of: what was called the same still is, what was not is not. */
function namesOf(
  { names }: Originals,
  prf: Prf,
  earlier: ReadonlyMap<string, string>,
): CaseMemory['names'] {
  const taken = new Set([...names.keys(), ...earlier.keys(), ...earlier.values()]);
  return [...names.keys()].toSorted().flatMap((name) => {
    const kinds = names.get(name);
    const kind = NAME_KINDS.find((one) => kinds?.has(one)) ?? 'id';
    if (earlier.has(name) || ipBits(name) !== undefined || macBytes(name) !== undefined) return [];
    const other = freeStandIn(name, kind, { taken, prf });
    taken.add(other);
    return [[name, other] as const];
  });
}

function freeStandIn(
  name: string,
  kind: NameKind,
  { taken, prf }: { readonly taken: ReadonlySet<string>; readonly prf: Prf },
): string {
  let other = standInFor(name, kind, prf);
  for (let round = 1; other !== name && taken.has(other); round += 1)
    other = standInFor(name, kind, prf, round);
  return other;
}
