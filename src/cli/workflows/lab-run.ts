// Builds a scenario's LAN, runs the doctor in its host, judges the report, and removes everything whatever happens.
import { judge, type Judgement } from '../../edge/lab/judge.js';
import { raiseLab } from '../../edge/lab/lab.js';
import { runDoctor, type Doctor } from '../../edge/lab/run-doctor.js';
import type { Scenario } from '../../edge/lab/scenario.js';
import type { Report } from '../../model/report.js';

export interface LabRunOptions {
  readonly scenario: Scenario;
  readonly seed?: number;
  readonly children?: number;
  readonly doctor: Doctor;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

export interface LabRun {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly report: Report;
  readonly judgement: Judgement;
}

export async function runLab(options: LabRunOptions): Promise<LabRun> {
  const { scenario, doctor, signal, onProgress } = options;
  onProgress(`building the LAN of ${scenario.id} …`);
  const lab = await raiseLab(options);
  try {
    onProgress('running the doctor in it …');
    const report = await runDoctor(lab, doctor, signal);
    return { scenario, seed: lab.plan.seed, report, judgement: judge(scenario, report) };
  } finally {
    onProgress('removing the LAN …');
    await lab.takeDown();
  }
}
