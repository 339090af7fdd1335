// Which gatherers run when: the engine's view beside the kernel's, and a second look at what probes change.
import type { AnyGatherer } from './define-gatherer.js';
import fdb from './kernel/fdb.js';
import macvlanSupport from './machine/macvlan-support.js';
import namespaces from './kernel/namespaces.js';
import neighboursAfter from './kernel/neighbours-after.js';
import persistentConfig from './machine/persistent-config.js';
import resolvers from './inside/resolvers.js';
import { filters } from './inside/filters.js';
import { services } from './inside/services.js';
import machine from './machine/machine.js';
import nics from './machine/nics.js';
import neighbourTables from './kernel/neighbour-tables.js';
import neighbourTablesAfter from './kernel/neighbour-tables-after.js';
import traffic from './kernel/traffic.js';
import platform from './machine/platform.js';
import routeLookups from './kernel/route-lookups.js';
import runtime from './engine/runtime.js';
import wireless from './kernel/wireless.js';

/** Independent of the others, and the only one that waits for somebody else. */
export const engineView: readonly AnyGatherer[] = [runtime];

/** In this order: later ones read the facts of earlier ones. */
export const before: readonly AnyGatherer[] = [
  platform,
  namespaces,
  fdb,
  wireless,
  macvlanSupport,
  persistentConfig,
  routeLookups,
  machine,
  nics,
  neighbourTables,
  resolvers,
];

/** Once the probes are done. */
export const after: readonly AnyGatherer[] = [neighboursAfter, neighbourTablesAfter, traffic];

/** In some namespaces only, where an answer was missing: who listens there, and, once all is sent, what is filtered. */
export function whereSilent(inodes: readonly number[]): {
  readonly services: readonly AnyGatherer[];
  readonly filters: readonly AnyGatherer[];
} {
  return { services: [services(inodes)], filters: [filters(inodes)] };
}
