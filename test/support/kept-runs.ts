// A doctor that keeps, of each of its runs in a lab, what it saw and what it said; and what its bundle says of the same.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analyze } from '../../src/cli/workflows/analyze.js';
import { headOf } from '../../src/cli/workflows/bundle-head.js';
import { sectionsOfRun } from '../../src/cli/workflows/bundle-sections.js';
import { maskFor } from '../../src/cli/workflows/case-mask.js';
import { judge } from '../../src/cli/workflows/judge.js';
import { WRITE_LIMITS } from '../../src/core/bundle/layout.js';
import { newCase } from '../../src/edge/bundle/case-store.js';
import { seal } from '../../src/edge/bundle/seal.js';
import type { Doctor } from '../../src/edge/lab/trial/run-doctor.js';
import type { RedactionMode } from '../../src/model/bundle.js';
import type { CheckResult, Report } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';

const ALL = { expectations: [], only: [], skip: [] };

export interface KeptRun {
  readonly snapshotFile: string;
  readonly snapshot: Snapshot;
  /** As it was printed. */
  readonly report: Report;
}

/** The folder is for its runs, and gone afterwards. */
export async function withKeptRuns<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mvdt-kept-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Several run at once: each has the shell's process id, which becomes its own, in the names of its files. */
export function keepingDoctor(folder: string, program: readonly string[]): Doctor {
  const keep = 'exec "$@" --save "$0/$$.snapshot" --format "json=$0/$$.report"';
  return { command: ['sh', '-c', keep, folder, ...program], flags: [] };
}

export function keptRuns(folder: string): KeptRun[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.snapshot'));
  return files.map((name) => {
    const snapshotFile = path.join(folder, name);
    return {
      snapshotFile,
      snapshot: JSON.parse(readFileSync(snapshotFile, 'utf8')) as Snapshot,
      report: JSON.parse(
        readFileSync(snapshotFile.replace('.snapshot', '.report'), 'utf8'),
      ) as Report,
    };
  });
}

/** What `analyze` says of the saved facts. */
export async function reportOnSaved({ snapshotFile }: KeptRun): Promise<Report> {
  return (await analyze(snapshotFile, { only: [], skip: [] })).report;
}

interface Said {
  readonly inside: readonly CheckResult[];
  readonly analyzed: readonly CheckResult[];
}

/** Sealed as `bundle` does, and read back: the report in it, and what `analyze` makes of its facts. */
export async function sealedAndRead(
  { snapshot, snapshotFile }: KeptRun,
  mode: RedactionMode,
): Promise<Said> {
  const { mask } = maskFor(snapshot, mode, newCase('lab'));
  const report = judge(mask.snapshot, ALL, 0);
  const run = { snapshot, events: [], isWhole: true, endedAt: snapshot.takenAt };
  const about = { caseId: 'lab', flags: [], skipped: [], limits: WRITE_LIMITS };
  const head = headOf(run, mask, about);
  const { archive } = await seal(sectionsOfRun(mask.snapshot, report), {
    folder: 'lab',
    head,
    mask,
  });
  const file = `${snapshotFile}.${mode}.tar.gz`;
  writeFileSync(file, archive);
  const { results } = (await analyze(file, { only: [], skip: [] })).report;
  return { inside: report.results, analyzed: results };
}
