// The run behind a bundle: what was seen, what happened meanwhile, and whether it came to its end.
import type { Host } from '../../edge/host/host.js';
import type { Snapshot } from '../../model/snapshot.js';
import { observe, type DiagnoseOptions } from './diagnose.js';

/** Something that the run did. */
export interface RunEvent {
  readonly atMs: number;
  readonly event: string;
  readonly detail?: unknown;
}

export interface BundleRun {
  readonly snapshot: Snapshot;
  readonly events: readonly RunEvent[];
  /** False when it was interrupted: then the snapshot is what there was until then. */
  readonly isWhole: boolean;
  /** ISO 8601, UTC. */
  readonly endedAt: string;
}

/** Throws like `diagnose`, and AbortError only when nothing had been seen yet. */
export async function runForBundle(options: DiagnoseOptions, host: Host): Promise<BundleRun> {
  const startedMs = host.monotonicMs();
  const events: RunEvent[] = [];
  const note = (event: string, detail?: unknown): void => {
    const atMs = Math.round(host.monotonicMs() - startedMs);
    events.push({ atMs, event, ...(detail === undefined ? {} : { detail }) });
  };
  let partial: Snapshot | undefined;
  const onPartial = (snapshot: Snapshot): void => {
    note('seen', { observations: snapshot.observations.length });
    partial = snapshot;
  };
  const ended = (snapshot: Snapshot, isWhole: boolean): BundleRun => {
    note(isWhole ? 'done' : 'interrupted');
    return { snapshot, events, isWhole, endedAt: new Date().toISOString() };
  };
  try {
    return ended(await observe({ ...options, onPartial }, host), true);
  } catch (error) {
    if (!options.signal.aborted || partial === undefined) throw error;
    return ended(partial, false);
  }
}
