// A snapshot with stand-ins for everything that names somebody: the same faults, of nobody in particular.
import type { CaseMemory } from '../../model/case-memory.js';
import type { Snapshot } from '../../model/snapshot.js';
import { knownSubnets } from './addresses/known-subnets.js';
import { nameAll } from './names/name-all.js';
import { addressOf, originalsOf, type Originals } from './originals.js';
import type { Prf } from './prf.js';
import { READINGS } from './readings/readings.js';
import { SNAPSHOT } from './shapes/snapshot-shape.js';
import { StandIns } from './stand-ins.js';
import { ranked } from './ranked.js';
import { readThrough } from './shapes/walk-shape.js';

/** `prefix` keeps which host of its subnet an address is; `strict` does not, and drops the names of hosts. */
export type RedactionMode = CaseMemory['mode'];

export interface Redacted {
  readonly snapshot: Snapshot;
  readonly map: StandIns;
  /** What had to have stand-ins. */
  readonly originals: Originals;
}

export interface RedactOptions {
  readonly mode: RedactionMode;
  readonly prf: Prf;
  /** What earlier bundles of the case had: what was called something then is called the same now. */
  readonly earlier?: CaseMemory;
}

export function redactSnapshot(snapshot: Snapshot, { prf, ...how }: RedactOptions): Redacted {
  const originals = originalsOf(snapshot);
  const map = new StandIns(memoryOf(snapshot, { ...how, originals }, prf), prf);
  const masked = readThrough(ranked(snapshot), SNAPSHOT, map.mapper('out'));
  return { snapshot: masked, map, originals };
}

/** Prose with stand-ins in the place of every original that the map knows, and of every address. */
export function redactText(text: string, map: StandIns): string {
  return map.mapper('out').prose(text);
}

/** The other way round: what somebody answered about stand-ins, about the real ones. */
export function translate(text: string, map: StandIns): string {
  return map.readBack(text);
}

function memoryOf(
  snapshot: Snapshot,
  { mode, earlier, originals }: Omit<RedactOptions, 'prf'> & Pick<Redacted, 'originals'>,
  prf: Prf,
): CaseMemory {
  const {
    subnets = [],
    names = [],
    ids = [],
    addresses = [],
    macs = [],
    former = [],
  } = earlier ?? {};
  const memory = {
    mode,
    subnets: [...new Set([...subnets, ...knownSubnets(snapshot)])],
    names: nameAll(originals.names, prf, {
      earlier: new Map(names),
      dropsHosts: mode === 'strict',
    }),
    ids: [...new Set([...ids, ...originals.ids])].toSorted(),
    addresses: [
      ...new Set([
        ...addresses,
        ...originals.ips,
        ...[...originals.cidrs].flatMap((cidr) => [addressOf(cidr), cidr]),
      ]),
    ].toSorted(),
    macs: [...new Set([...macs, ...originals.macs])].toSorted(),
  };
  // Names of links that carry an id or a MAC follow it, and stand in prose as names do.
  const out = new StandIns(memory, prf).mapper('out');
  const known = new Map(memory.names);
  for (const link of [...originals.links].toSorted()) known.set(link, READINGS.link(link, out));
  return {
    ...memory,
    names: [...known],
    former: [...former, ...(earlier === undefined ? [] : renamedSince(earlier, memory, prf))],
  };
}

/**
 * Which host of its subnet an address is, shows only where that subnet is known: the checks need it, and it wins over what an
 * earlier bundle of the case called that address, when a subnet is known now that was not then.
 */
function renamedSince(
  earlier: CaseMemory,
  memory: CaseMemory,
  prf: Prf,
): [address: string, standIn: string][] {
  if (memory.subnets.length === earlier.subnets.length) return [];
  const [then, now] = [earlier, memory].map((one) => new StandIns(one, prf).mapper('out'));
  return (earlier.addresses ?? []).flatMap((address) => {
    // What a prefix is called is not what its first address would be.
    const way = address.includes('/') ? 'cidr' : 'ip';
    const standIn = then?.[way](address);
    return standIn === undefined || standIn === now?.[way](address) ? [] : [[address, standIn]];
  });
}
