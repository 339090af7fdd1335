// The shape of a gatherer: one source of facts per file; it looks, parses and wraps, and never judges.
import type { FactKey, Facts } from '../../model/snapshot.js';
import type { Host } from '../host/host.js';

export interface GathererMeta<K extends FactKey> {
  /** Plural noun, = file name. */
  readonly id: string;
  readonly title: string;
  readonly provides: readonly K[];
  /** What it reads or asks, for the sources of the snapshot. */
  readonly reads: readonly string[];
}

export interface Gatherer<K extends FactKey> {
  readonly meta: GathererMeta<K>;
  /** Never throws for what the machine does; `soFar` holds the facts of earlier gatherers. */
  readonly gather: (host: Host, soFar: Partial<Facts>) => Promise<Pick<Facts, K>> | Pick<Facts, K>;
}

/** A gatherer of whatever facts, as lists of them hold it. */
export interface AnyGatherer {
  readonly meta: GathererMeta<FactKey>;
  readonly gather: (host: Host, soFar: Partial<Facts>) => Promise<Partial<Facts>> | Partial<Facts>;
}

export function defineGatherer<const K extends FactKey>(gatherer: Gatherer<K>): Gatherer<K> {
  return gatherer;
}
