// The shape of a gatherer: one source of facts per file; it looks, parses and wraps, and never judges.
import type { FactKey, Facts } from '../../model/snapshot.js';
import type { Host } from '../host/host.js';

/** What a gatherer is, apart from what it does. */
export interface GathererMeta<K extends FactKey> {
  /** Plural noun, = file name. */
  readonly id: string;
  /** What it looks at, in a few words. */
  readonly title: string;
  /** The facts that it alone answers for. */
  readonly provides: readonly K[];
  /** What it reads or asks, for the sources of the snapshot. */
  readonly reads: readonly string[];
}

/** A gatherer that says which facts it returns. */
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

/** Types a gatherer from its own parts: it returns the facts that it provides, and no others. */
export function defineGatherer<const K extends FactKey>(gatherer: Gatherer<K>): Gatherer<K> {
  return gatherer;
}
