// A support bundle: run, put stand-ins in, seal, write. What an interruption leaves is sealed as well.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Mask } from '../../core/bundle/mask.js';
import { CaseStore, newCase, type CaseFile } from '../../edge/bundle/case-store.js';
import type { Sealed } from '../../edge/bundle/seal.js';
import {
  assertCanBeMade,
  assertTakesFilesHere,
  writeNewFiles,
} from '../../edge/host/exclusive-file.js';
import type { Host } from '../../edge/host/host.js';
import { invokingUser } from '../../edge/host/invoking-user.js';
import type { RedactionMode } from '../../model/bundle.js';
import type { Report } from '../../model/report.js';
import type { Snapshot } from '../../model/snapshot.js';
import { runForBundle } from './bundle-run.js';
import type { DiagnoseOptions } from './diagnose.js';
import { packRun } from './pack-run.js';

export interface BundleOptions {
  readonly diagnose: DiagnoseOptions;
  /** Absent: a name of its own, in the current folder. */
  readonly file?: string;
  /** Absent: a case of its own. */
  readonly caseId?: string;
  readonly redact: RedactionMode;
  /** As they may be told. */
  readonly flags: readonly string[];
}

/** A bundle that is ready, and nowhere yet. */
export interface Packed extends Sealed {
  readonly file: string;
  /** Of the masked facts. */
  readonly report: Report;
  readonly mask: Mask;
  /** What was seen, in real names: for the user's own screen. */
  readonly snapshot: Snapshot;
  /** Where names and key are kept; absent where nothing is masked. */
  readonly mapFile?: string;
}

/** Writes it. Throws DoctorError when nothing can be written, AbortError when nothing had been seen yet. */
export async function bundle(options: BundleOptions, host: Host): Promise<Packed> {
  // Before the run: what cannot be written must not cost one.
  if (options.file === undefined) assertTakesFilesHere();
  else for (const file of [options.file, sumFile(options.file)]) assertCanBeMade(file);
  const store = storeOf(host);
  if (options.redact !== 'none') store.prepare();
  const { packed, remembered, began } = await packHere(options, host, store);
  // The key first: a bundle that nobody can read back is worth less than a key without a bundle.
  if (remembered !== undefined) store.keep(remembered, began);
  const { file, archive, sha256 } = packed;
  const sum = sumLine(sha256, path.basename(file));
  const files = [
    { file, bytes: archive },
    { file: sumFile(file), bytes: sum },
  ];
  writeNewFiles(files, invokingUser(host.env));
  return packed;
}

/** Everything but the writing: what would be inside. */
export async function previewBundle(options: BundleOptions, host: Host): Promise<Packed> {
  return (await packHere(options, host, storeOf(host))).packed;
}

function storeOf({ env }: Host): CaseStore {
  return new CaseStore(env, invokingUser(env));
}

/** A name that would not stay on its line, or has a backslash, is escaped, which another one before the line tells (sha256sum(1)). */
export function sumLine(sha256: string, name: string): string {
  const escaped = name.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/** Beside the bundle, as `sha256sum -c` reads it. */
function sumFile(file: string): string {
  return `${file}.sha256`;
}

interface PackedHere {
  readonly packed: Packed;
  readonly remembered?: CaseFile;
  /** What the case remembered before. */
  readonly began: CaseFile['memory'];
}

async function packHere(options: BundleOptions, host: Host, store: CaseStore): Promise<PackedHere> {
  const caseId = options.caseId ?? `c-${randomBytes(3).toString('hex')}`;
  // Before the run: a case that cannot be read must not cost one.
  const known = (options.redact === 'none' ? undefined : store.find(caseId)) ?? newCase(caseId);
  const run = await runForBundle(options.diagnose, host);
  const packing = { ...options, known, caseId, isNamed: options.caseId !== undefined };
  const { sealed, folder, report, mask, remembered } = await packRun(run, host, packing);
  const mapFile = remembered === undefined ? {} : { mapFile: store.fileOf(caseId) };
  const file = options.file ?? `${folder}.tar.gz`;
  return {
    packed: { ...sealed, file, report, mask, snapshot: run.snapshot, ...mapFile },
    ...(remembered === undefined ? {} : { remembered }),
    began: known.memory,
  };
}
