// Builds a scenario's LAN, runs the doctor in its host, does what it says, and removes everything whatever happens.
import { judge, type Judgement } from '../../edge/lab/trial/judge.js';
import { raiseLab, type Lab } from '../../edge/lab/lab.js';
import { cureFrom, type Cure } from '../../edge/lab/trial/outcome.js';
import { runDoctor, type Doctor } from '../../edge/lab/trial/run-doctor.js';
import type { Scenario } from '../../edge/lab/scenario.js';
import { headlinesOf, planTreatment, treat, type Treatment } from '../../edge/lab/trial/treat.js';
import type { Report } from '../../model/report.js';

export type { Cure } from '../../edge/lab/trial/outcome.js';

export interface LabRunOptions {
  readonly scenario: Scenario;
  readonly seed?: number;
  readonly children?: number;
  /** Run the fixes that the report offers, and look again. */
  readonly withFix: boolean;
  readonly doctor: Doctor;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

export interface LabRun {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly report: Report;
  readonly judgement: Judgement;
  /** Absent when nothing was wrong, or no fix was wanted. */
  readonly cure?: Cure;
}

/** Whether the report was right, and its fixes as good as their word. */
export function isGood({ judgement, cure }: LabRun): boolean {
  return judgement.isRight && cure?.keptItsWord !== false;
}

export async function runLab(options: LabRunOptions): Promise<LabRun> {
  const { scenario, doctor, signal, onProgress } = options;
  onProgress(`building the LAN of ${scenario.id} …`);
  const lab = await raiseLab(options);
  try {
    onProgress('running the doctor in it …');
    const report = await runDoctor(lab, doctor, signal);
    const cure = options.withFix ? await cureLab(lab, report, options) : undefined;
    const judgement = judge(scenario, report);
    return {
      scenario,
      seed: lab.plan.seed,
      report,
      judgement,
      ...(cure === undefined ? {} : { cure }),
    };
  } finally {
    onProgress('removing the LAN …');
    await lab.takeDown();
  }
}

async function cureLab(
  lab: Lab,
  before: Report,
  { scenario, doctor, signal, onProgress }: LabRunOptions,
): Promise<Cure | undefined> {
  const planned = headlinesOf(scenario, before).map((finding) => planTreatment(finding));
  if (planned.length === 0) return undefined;
  if (planned.every(({ by }) => by !== 'commands'))
    return { treatments: planned, remaining: [], followUps: [], keptItsWord: true };
  onProgress('running the commands of the fix …');
  const treatments: Treatment[] = [];
  for (const one of planned) treatments.push(await treat(lab, one, signal));
  onProgress('running the doctor again …');
  const after = await runDoctor(lab, doctor, signal);
  return cureFrom({ scenario, before, after, treatments });
}
