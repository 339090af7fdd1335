// Runs the gatherers in order: one that throws is a bug of ours and becomes a `failed` fact; the rest still run.
import { unknown } from '../../model/fact.js';
import type { FactKey, Facts, Source } from '../../model/snapshot.js';
import { LostNetnsError } from '../host/netns.js';
import type { Host } from '../host/host.js';
import type { AnyGatherer } from './define-gatherer.js';

export interface Gathered {
  readonly facts: Partial<Facts>;
  readonly sources: readonly Source[];
}

/** Each gatherer sees the facts of those before it. */
export async function gather(
  gatherers: readonly AnyGatherer[],
  host: Host,
  soFar: Partial<Facts> = {},
): Promise<Gathered> {
  let facts = soFar;
  const sources: Source[] = [];
  for (const { meta, gather: look } of gatherers) {
    const startedMs = host.monotonicMs();
    try {
      facts = { ...facts, ...(await look(host, facts)) };
    } catch (error) {
      if (error instanceof LostNetnsError) throw error;
      facts = { ...facts, ...failed(meta.provides, error) };
    }
    const durationMs = Math.round((host.monotonicMs() - startedMs) * 10) / 10;
    sources.push({ id: meta.id, reads: meta.reads, durationMs });
  }
  return { facts, sources };
}

function failed(keys: readonly FactKey[], error: unknown): Partial<Facts> {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return Object.fromEntries(keys.map((key) => [key, unknown('failed', reason)]));
}
