// What the manifest says of the run as a whole, and what the bundle is called.
import { createHash } from 'node:crypto';
import { checks } from '../../core/checks/index.js';
import type { Mask } from '../../core/bundle/mask.js';
import type { ManifestHead } from '../../edge/bundle/seal.js';
import { BUNDLE_SCHEMA_VERSION, type BundleLimits, type BundleSkip } from '../../model/bundle.js';
import { valueOf } from '../../model/fact.js';
import { REPORT_SCHEMA_VERSION } from '../../model/report.js';
import { SNAPSHOT_SCHEMA_VERSION, type Snapshot } from '../../model/snapshot.js';
import type { BundleRun } from './bundle-run.js';
import { tool } from './tool.js';

export interface About {
  readonly caseId: string;
  readonly flags: readonly string[];
  readonly skipped: readonly BundleSkip[];
  readonly limits: BundleLimits;
}

export function headOf(
  { isWhole, endedAt }: BundleRun,
  { snapshot, text }: Mask,
  { caseId, flags, skipped, limits }: About,
): ManifestHead {
  const platform = valueOf(snapshot.facts.platform);
  const ids = checks.map(({ meta }) => meta.id).toSorted();
  return {
    schemaVersion: BUNDLE_SCHEMA_VERSION,
    schemaVersions: { snapshot: SNAPSHOT_SCHEMA_VERSION, report: REPORT_SCHEMA_VERSION },
    tool: tool(),
    catalogue: { checks: ids.length, sha256: hashOf(ids.join('\n')) },
    case: caseId,
    host: platform?.hostname ?? 'unknown',
    startedAt: snapshot.takenAt,
    endedAt,
    durationMs: snapshot.durationMs ?? 0,
    flags: flags.map((flag) => text(flag)),
    expectations: snapshot.expectations ?? [],
    privileges: platform?.privileges ?? null,
    complete: isWhole,
    skipped: [...skipped, ...(isWhole ? [] : [INTERRUPTED])].map(({ what, why, detail }) => ({
      what: text(what),
      why,
      detail: text(detail),
    })),
    limits,
  };
}

const INTERRUPTED: BundleSkip = {
  what: 'the rest of the run',
  why: 'interrupted',
  detail: 'the run was interrupted',
};

/** `mvd-bundle-T-123-20260131T120000Z-1a2b3c`; without a case of the user's own, the host's name or its stand-in. */
export function folderName(
  { host, startedAt }: ManifestHead,
  caseId: string | undefined,
  facts: Snapshot,
): string {
  const time = startedAt.replaceAll(/[-:]|\.\d+/g, '');
  const who = (caseId ?? host).replaceAll(/[^\w.-]/g, '-').slice(0, 40);
  return `mvd-bundle-${who}-${time}-${hashOf(JSON.stringify(facts)).slice(0, 6)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
