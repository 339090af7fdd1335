// A run made into the bytes of a bundle: stand-ins, the report of what has them, what tools say besides, and the seal.
import { WRITE_LIMITS } from '../../core/bundle/layout.js';
import type { Mask } from '../../core/bundle/mask.js';
import { buildTopology } from '../../core/derive/topology/topology.js';
import type { CaseFile } from '../../edge/bundle/case-store.js';
import { seal, type Sealed } from '../../edge/bundle/seal.js';
import { toolOutput, type ToolOutput } from '../../edge/bundle/tool-output.js';
import type { Host } from '../../edge/host/host.js';
import type { RedactionMode } from '../../model/bundle.js';
import { DoctorError } from '../../model/errors.js';
import type { Report } from '../../model/report.js';
import { folderName, headOf } from './bundle-head.js';
import type { BundleRun } from './bundle-run.js';
import { eventSection, sectionsOfRun } from './bundle-sections.js';
import { maskFor, type CaseMask } from './case-mask.js';
import { judge } from './judge.js';

export interface PackOptions {
  readonly caseId: string;
  /** The case's name is the user's own. */
  readonly isNamed: boolean;
  /** The case as it was before. */
  readonly known: CaseFile;
  readonly redact: RedactionMode;
  /** As they may be told. */
  readonly flags: readonly string[];
}

export interface PackedRun {
  readonly sealed: Sealed;
  /** What everything unpacks into. */
  readonly folder: string;
  /** Of the masked facts. */
  readonly report: Report;
  readonly mask: Mask;
  /** The case with what this run adds to it; absent where nothing has a stand-in. */
  readonly remembered?: CaseFile;
}

/** Throws DoctorError when a file would give something away, or does not fit. */
export async function packRun(
  run: BundleRun,
  host: Pick<Host, 'netns' | 'monotonicMs'>,
  { caseId, isNamed, known, redact, flags }: PackOptions,
): Promise<PackedRun> {
  const { snapshot, events } = run;
  // The tools do their work while the stand-ins are made.
  const [tools, { mask, remembered }] = await Promise.all([
    redact === 'strict' ? NO_TOOLS : toolsOf(run, host),
    maskSoon(snapshot, redact, known),
  ]);
  assertTellsNobody(caseId, mask);
  const asked = { expectations: snapshot.expectations ?? [], only: [], skip: [] };
  const report = judge(mask.snapshot, asked, snapshot.durationMs ?? 0);
  const sections = [
    ...sectionsOfRun(mask.snapshot, report),
    eventSection(events, snapshot.sources),
    ...tools.sections,
  ];
  const head = headOf(run, mask, { caseId, flags, skipped: tools.skipped, limits: WRITE_LIMITS });
  const folder = folderName(head, isNamed ? caseId : undefined, mask.snapshot);
  const sealed = await seal(sections, { folder, head, mask });
  return { sealed, folder, report, mask, ...(remembered === undefined ? {} : { remembered }) };
}

/** The user's own word for the case stands in the manifest, in the README and in the name of the file. */
function assertTellsNobody(caseId: string, mask: Mask): void {
  if (mask.leakIn(Buffer.from(caseId), { isOurs: true }) === undefined) return;
  throw new DoctorError(
    'bad-flag',
    `--case ${caseId} has something of this host in it, and stands in the bundle as it is: choose another`,
  );
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
async function toolsOf(
  { snapshot, isWhole }: BundleRun,
  host: Pick<Host, 'netns' | 'monotonicMs'>,
): Promise<ToolOutput> {
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
