// Today's checks on what was seen elsewhere or earlier.
import snapshotSchema from '../../../schemas/snapshot.v1.json' with { type: 'json' };
import { readSnapshot } from '../../core/bundle/read-snapshot.js';
import { BundleRefusal } from '../../core/bundle/refusal.js';
import { readBundle, unreadable, whatIsRead } from '../../edge/bundle/read-bundle.js';
import { DoctorError } from '../../model/errors.js';
import type { Expectation } from '../../model/snapshot.js';
import type { Diagnosis } from './diagnose.js';
import { judge } from './judge.js';

export interface AnalyzeOptions {
  /** Absent: what the user of that run expected. */
  readonly expectations?: readonly Expectation[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** Throws DoctorError when the file is not what it should be. */
export async function analyze(file: string, options: AnalyzeOptions): Promise<Diagnosis> {
  const raw = await readBundle(file);
  try {
    const snapshot = readSnapshot(raw.facts, snapshotSchema);
    const { durationMs = 0, expectations = [] } = snapshot;
    return { snapshot, report: judge(snapshot, { expectations, ...options }, durationMs) };
  } catch (error) {
    if (!(error instanceof BundleRefusal)) throw error;
    if (error.isNewer) {
      throw new DoctorError('newer-schema', `cannot read ${whatIsRead(file)}: ${error.message}`);
    }
    throw unreadable(file, error.message);
  }
}
