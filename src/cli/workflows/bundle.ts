// A support bundle: run, put stand-ins in, seal, write. What an interruption leaves is sealed as well.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { WRITE_LIMITS } from '../../core/bundle/layout.js';
import type { Mask } from '../../core/bundle/mask.js';
import { buildTopology } from '../../core/derive/topology/topology.js';
import { CaseStore, newCase, type CaseFile } from '../../edge/bundle/case-store.js';
import { seal, type Sealed } from '../../edge/bundle/seal.js';
import { toolOutput, type ToolOutput } from '../../edge/bundle/tool-output.js';
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
import { folderName, headOf } from './bundle-head.js';
import { runForBundle, type BundleRun } from './bundle-run.js';
import { eventSection, sectionsOfRun } from './bundle-sections.js';
import { maskFor, type CaseMask } from './case-mask.js';
import type { DiagnoseOptions } from './diagnose.js';
import { judge } from './judge.js';

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
  const sum = `${sha256}  ${path.basename(file)}\n`;
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
  // The tools do their work while the stand-ins are made.
  const asked = options.redact === 'strict' ? NO_TOOLS : toolsOf(run, host);
  const [tools, { mask, remembered }] = await Promise.all([
    asked,
    maskSoon(run.snapshot, options.redact, known),
  ]);
  const { durationMs = 0 } = run.snapshot;
  const report = judge(mask.snapshot, { ...options.diagnose, only: [], skip: [] }, durationMs);
  const sections = [
    ...sectionsOfRun(mask.snapshot, report),
    eventSection(run.events, run.snapshot.sources),
    ...tools.sections,
  ];
  const about = { caseId, flags: options.flags, skipped: tools.skipped, limits: WRITE_LIMITS };
  const head = headOf(run, mask, about);
  const folder = folderName(head, options.caseId, mask.snapshot);
  const sealed = await seal(sections, { folder, head, mask });
  const file = options.file ?? `${folder}.tar.gz`;
  const mapFile = remembered === undefined ? {} : { mapFile: store.fileOf(caseId) };
  return {
    packed: { ...sealed, file, report, mask, snapshot: run.snapshot, ...mapFile },
    ...(remembered === undefined ? {} : { remembered }),
    began: known.memory,
  };
}

/** As a promise, so that what it throws ends the work like any other error, with the tools still at theirs. */
async function maskSoon(...given: Parameters<typeof maskFor>): Promise<CaseMask> {
  return Promise.resolve().then(() => maskFor(...given));
}

const NO_TOOLS: ToolOutput = {
  sections: [],
  skipped: [{ what: 'tool output', why: 'unwanted', detail: 'left out with --redact strict' }],
};

/** An interrupted run is sealed at once. */
async function toolsOf({ snapshot, isWhole }: BundleRun, host: Host): Promise<ToolOutput> {
  if (!isWhole) {
    const skip = {
      what: 'tool output',
      why: 'interrupted',
      detail: 'the run was interrupted',
    } as const;
    return { sections: [], skipped: [skip] };
  }
  const { parents } = buildTopology(snapshot);
  const names = parents.map(({ name }) => name);
  const shims = parents.flatMap((parent) => parent.shims.map(({ link }) => link.ifname));
  return toolOutput(host, { parents: names, all: [...names, ...shims] });
}
