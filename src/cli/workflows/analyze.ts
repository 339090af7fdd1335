// Today's checks on what was seen elsewhere or earlier.
import manifestSchema from '../../../schemas/manifest.v1.json' with { type: 'json' };
import snapshotSchema from '../../../schemas/snapshot.v1.json' with { type: 'json' };
import { readManifest } from '../../core/bundle/read-manifest.js';
import { readSnapshot } from '../../core/bundle/read-snapshot.js';
import { BundleRefusal } from '../../core/bundle/refusal.js';
import { compareBundles } from '../../core/compare/compare.js';
import type { Judged } from '../../core/compare/judged.js';
import { buildTopology } from '../../core/derive/topology/topology.js';
import { readBundle, unreadable } from '../../edge/bundle/read-bundle.js';
import type { Manifest } from '../../model/bundle.js';
import type { Comparison } from '../../model/comparison.js';
import type { Report } from '../../model/report.js';
import type { Expectation, Snapshot } from '../../model/snapshot.js';
import type { Diagnosis } from './diagnose.js';
import { judge } from './judge.js';
import { tool } from './tool.js';

export interface AnalyzeOptions {
  /** Absent: what the user of that run expected. */
  readonly expectations?: readonly Expectation[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/** Throws DoctorError when the file is not what it should be. */
export async function analyze(file: string, options: AnalyzeOptions): Promise<Diagnosis> {
  const { snapshot, manifest } = await open(file);
  return { snapshot, report: reportOn(snapshot, manifest, options) };
}

/** Each of them judged, and beside each other. Throws DoctorError like {@link analyze}. */
export async function analyzeTogether(
  files: readonly string[],
  options: AnalyzeOptions,
): Promise<Comparison> {
  const all: Judged[] = [];
  for (const file of files) {
    const { snapshot, manifest } = await open(file);
    const keyId = manifest?.redaction.keyId;
    all.push({
      file,
      snapshot,
      topology: buildTopology(snapshot),
      report: reportOn(snapshot, manifest, options),
      ...(keyId === undefined ? {} : { keyId }),
    });
  }
  return compareBundles(all, tool());
}

interface Opened {
  readonly snapshot: Snapshot;
  /** Absent for a bare snapshot. */
  readonly manifest: Manifest | undefined;
}

async function open(file: string): Promise<Opened> {
  const { facts, manifest } = await readBundle(file);
  try {
    return {
      manifest: manifest === undefined ? undefined : readManifest(manifest, manifestSchema),
      snapshot: readSnapshot(facts, snapshotSchema),
    };
  } catch (error) {
    if (!(error instanceof BundleRefusal)) throw error;
    throw unreadable(file, error.message, error.isNewer ? 'newer-schema' : undefined);
  }
}

function reportOn(
  snapshot: Snapshot,
  manifest: Manifest | undefined,
  options: AnalyzeOptions,
): Report {
  const { durationMs = 0, expectations = [] } = snapshot;
  const report = judge(snapshot, { expectations, ...options }, durationMs);
  return { ...report, tool: tool(), notes: [...report.notes, ...notesOn(snapshot, manifest)] };
}

function notesOn(snapshot: Snapshot, manifest: Manifest | undefined): string[] {
  const { version } = tool();
  return [
    ...(manifest?.complete === false
      ? ['The bundle is not complete: its manifest says what is missing.']
      : []),
    ...(snapshot.tool.version === version
      ? []
      : [
          `The facts were collected by version ${snapshot.tool.version} and judged by version ${version}.`,
        ]),
  ];
}
