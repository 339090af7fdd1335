// A support bundle: run, put stand-ins in, seal, write. What an interruption leaves is sealed as well.
import { checks } from '../../core/checks/index.js';
import { FACTS_PATH, WRITE_LIMITS } from '../../core/bundle/layout.js';
import { NO_MASK, type Mask } from '../../core/bundle/mask.js';
import type { Section } from '../../core/bundle/section.js';
import { assertCanBeMade, invokingUser, writeNewFiles } from '../../edge/host/exclusive-file.js';
import type { Host } from '../../edge/host/host.js';
import { hashOf, seal, type ManifestHead, type Sealed } from '../../edge/bundle/seal.js';
import { BUNDLE_SCHEMA_VERSION, type Manifest } from '../../model/bundle.js';
import { valueOf } from '../../model/fact.js';
import { REPORT_SCHEMA_VERSION } from '../../model/report.js';
import { SNAPSHOT_SCHEMA_VERSION, type Snapshot } from '../../model/snapshot.js';
import { lines, sectionsOfRun } from './bundle-sections.js';
import { diagnose, judge, type DiagnoseOptions } from './diagnose.js';
import { tool } from './tool.js';

export interface BundleOptions {
  readonly diagnose: DiagnoseOptions;
  /** Absent: a name of its own, in the current folder. */
  readonly file?: string;
  readonly caseId: string;
  /** As the command line had them. */
  readonly flags: readonly string[];
}

export interface Bundled {
  readonly file: string;
  readonly sha256: string;
  readonly packedBytes: number;
  readonly manifest: Manifest;
}

/** Throws DoctorError when nothing can be written, AbortError when nothing had been seen yet. */
export async function bundle(options: BundleOptions, host: Host): Promise<Bundled> {
  if (options.file !== undefined) assertFree(options.file);
  const seen = await look(options, host);
  const sealed = await sealRun(seen, options, NO_MASK);
  const file = options.file ?? `${sealed.folder}.tar.gz`;
  const { archive, sha256, manifest } = sealed;
  const sum = `${sha256}  ${file.split('/').at(-1) ?? file}\n`;
  writeNewFiles(
    [
      { file, bytes: archive },
      { file: `${file}.sha256`, bytes: sum },
    ],
    invokingUser(host.env),
  );
  return { file, sha256, packedBytes: archive.length, manifest };
}

function assertFree(file: string): void {
  assertCanBeMade(file);
  assertCanBeMade(`${file}.sha256`);
}

interface Event {
  readonly atMs: number;
  readonly event: string;
  readonly detail?: unknown;
}

interface Seen {
  readonly snapshot: Snapshot;
  readonly events: readonly Event[];
  readonly isWhole: boolean;
  readonly endedAt: string;
}

async function look({ diagnose: options }: BundleOptions, host: Host): Promise<Seen> {
  const startedMs = host.monotonicMs();
  const events: Event[] = [];
  const note = (event: string, detail?: unknown): void => {
    const atMs = Math.round(host.monotonicMs() - startedMs);
    events.push({ atMs, event, ...(detail === undefined ? {} : { detail }) });
  };
  let partial: Snapshot | undefined;
  const watched: DiagnoseOptions = {
    ...options,
    onProgress: (line) => {
      note('progress', line);
      options.onProgress?.(line);
    },
    onPartial: (snapshot) => {
      note('answers', { observations: snapshot.observations.length });
      partial = snapshot;
    },
  };
  const seenOf = (snapshot: Snapshot, isWhole: boolean): Seen => {
    note(isWhole ? 'done' : 'interrupted');
    return { snapshot, events, isWhole, endedAt: new Date().toISOString() };
  };
  try {
    return seenOf((await diagnose(watched, host)).snapshot, true);
  } catch (error) {
    if (!options.signal.aborted || partial === undefined) throw error;
    return seenOf(partial, false);
  }
}

async function sealRun(
  seen: Seen,
  options: BundleOptions,
  mask: Mask,
): Promise<Sealed & { readonly folder: string }> {
  const { value: snapshot, replaced } = mask.snapshot(seen.snapshot);
  const { durationMs = 0 } = snapshot;
  const report = judge(snapshot, { ...options.diagnose, only: [], skip: [] }, durationMs);
  const sections = [...sectionsOfRun(snapshot, report), eventSection(seen)];
  const head = headOf({ ...seen, snapshot }, options, mask);
  const folder = folderName(head, sections);
  const sealed = await seal(sections, { folder, head, mask, replacedInFacts: replaced });
  return { ...sealed, folder };
}

function eventSection({ events, snapshot: { sources } }: Seen): Section {
  const gathered = sources.map(({ id, durationMs, reads }) => ({
    gatherer: id,
    durationMs,
    reads,
  }));
  return {
    path: 'events.jsonl',
    source: 'what the run did and how long it took',
    text: lines([...events, ...gathered]),
    isMasked: false,
    worth: 1,
    isCuttable: true,
  };
}

function headOf(
  { snapshot, isWhole, endedAt }: Seen,
  { flags, caseId }: BundleOptions,
  mask: Mask,
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
    flags: flags.map((flag) => mask.text(flag).value),
    expectations: snapshot.expectations ?? [],
    privileges: platform?.privileges ?? null,
    complete: isWhole,
    skipped: isWhole
      ? []
      : [{ what: 'the rest of the run', why: 'interrupted', detail: 'it was interrupted' }],
    limits: WRITE_LIMITS,
  };
}

/** `mvd-bundle-T-123-20260131T120000Z-1a2b3c`. */
function folderName(head: ManifestHead, sections: readonly Section[]): string {
  const facts = sections.find(({ path }) => path === FACTS_PATH)?.text ?? '';
  const time = head.startedAt.replaceAll(/[-:]|\.\d+/g, '');
  const who = (head.case || head.host).replaceAll(/[^\w.-]/g, '-').slice(0, 40);
  return `mvd-bundle-${who}-${time}-${hashOf(facts).slice(0, 6)}`;
}
