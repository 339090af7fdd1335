// Runs the doctor in every practice LAN and in its healthy twin, several at a time, and counts what it found.
import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { availableParallelism, release } from 'node:os';
import { drawTrials, type PlannedTrial } from '../../edge/lab/trial/draw-trials.js';
import type { Doctor } from '../../edge/lab/trial/run-doctor.js';
import {
  brokenVerdict,
  confusionOf,
  isFlawless,
  summaryOf,
  verdictOf,
} from '../../edge/lab/trial/tally.js';
import type { Scenario } from '../../edge/lab/scenario.js';
import { isPrivileged } from '../../edge/lab/ground/ground.js';
import { scenarios as shipped } from '../../edge/lab/scenarios/index.js';
import { DoctorError } from '../../model/errors.js';
import {
  SELFTEST_SCHEMA_VERSION,
  type Selftest,
  type SelftestNotStaged,
  type SelftestTrial,
} from '../../model/selftest.js';
import { pickScenarios } from './lab-scenarios.js';
import { runLab } from './lab-run.js';
import { tool } from './tool.js';

export interface SelftestOptions {
  /** Ids of scenarios; all when empty. */
  readonly only: readonly string[];
  /** Drawn when absent. */
  readonly seed?: number;
  /** LANs at a time; by the number of processors when absent. */
  readonly jobs?: number;
  readonly doctor: Doctor;
  /** What to type before `lab run ID`. */
  readonly self: string;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
  /** What there is to choose from; the shipped ones unless told. */
  readonly scenarios?: readonly Scenario[];
}

/** A trial spends most of its time listening to silence, and some of it at work. */
const JOBS_PER_PROCESSOR = 3;
const MOST_JOBS = 16;

const defaultJobs = (): number => Math.min(MOST_JOBS, availableParallelism() * JOBS_PER_PROCESSOR);

export async function selftest(options: SelftestOptions): Promise<Selftest> {
  const { seed = randomInt(1, 1_000_000), jobs = defaultJobs(), scenarios = shipped } = options;
  const startedAt = new Date();
  const chosen =
    options.only.length === 0
      ? scenarios
      : [...new Set(options.only.flatMap((name) => pickScenarios(name, scenarios)))];
  const planned = drawTrials(chosen, scenarios, seed);
  // Every program under way waits for it.
  setMaxListeners(0, options.signal);
  const ended = await runAll(planned, jobs, options);
  const trials = ended.flatMap(({ trial }) => trial ?? []).sort(byScenario);
  const notStaged = reasonsOf(ended);
  if (trials.length === 0 && notStaged[0] !== undefined)
    throw new DoctorError('lab-impossible', notStaged[0].why);
  return {
    schemaVersion: SELFTEST_SCHEMA_VERSION,
    tool: tool(),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    host: { kernel: release(), privileged: isPrivileged() },
    seed,
    jobs,
    summary: summaryOf(trials, notStaged.length),
    checks: confusionOf(trials),
    trials,
    notStaged,
  };
}

/** 1 on any miss or false alarm. What could not be staged is told, and is neither. */
export function selftestExitCode(done: Pick<Selftest, 'summary'>): 0 | 1 {
  return isFlawless(done) ? 0 : 1;
}

interface Ended {
  readonly trial?: SelftestTrial;
  readonly notStaged?: SelftestNotStaged;
}

async function runAll(
  planned: readonly (readonly PlannedTrial[])[],
  jobs: number,
  options: SelftestOptions,
): Promise<readonly Ended[]> {
  const left = [...planned];
  const total = planned.flat().length;
  const ended: Ended[] = [];
  const runNext = async (next: PlannedTrial): Promise<void> => {
    options.signal.throwIfAborted();
    ended.push(await runOne(next, options));
    const wrong = ended.filter(({ trial }) => trial !== undefined && !isRight(trial)).length;
    const soFar = `${ended.length.toString()} of ${total.toString()} LANs`;
    options.onProgress(wrong === 0 ? soFar : `${soFar}, ${wrong.toString()} wrong`);
  };
  const worker = async (): Promise<void> => {
    for (let twins = left.shift(); twins !== undefined; twins = left.shift())
      for (const one of twins) await runNext(one);
  };
  // All of them end before we do, so that every LAN is removed also when one fails.
  const workers = await Promise.allSettled(Array.from({ length: jobs }, worker));
  for (const one of workers) if (one.status === 'rejected') throw one.reason;
  return ended;
}

const isRight = ({ missed, falseAlarms, broken }: SelftestTrial): boolean =>
  missed.length + falseAlarms.length === 0 && broken === undefined;

async function runOne(planned: PlannedTrial, options: SelftestOptions): Promise<Ended> {
  const { scenario, of, isTwin, seed } = planned;
  const startedAt = performance.now();
  const { doctor, signal } = options;
  const trial = (verdict: ReturnType<typeof verdictOf>, broken?: string): Ended => ({
    trial: {
      scenario: of,
      isTwin,
      seed,
      ...verdict,
      ...(broken === undefined ? {} : { broken }),
      durationMs: Math.round(performance.now() - startedAt),
      again: `${options.self} lab run ${of} --seed ${seed.toString()}${isTwin ? ' --healthy' : ''}`,
    },
  });
  try {
    const onProgress = () => undefined;
    const run = await runLab({ scenario, seed, withFix: false, doctor, signal, onProgress });
    return trial(verdictOf(scenario, run.judgement));
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof DoctorError && error.code === 'lab-impossible')
      return { notStaged: { scenario: of, why } };
    return trial(brokenVerdict(scenario), why);
  }
}

/** A scenario is named once, whether itself or its twin or both cannot be built. */
function reasonsOf(ended: readonly Ended[]): SelftestNotStaged[] {
  const whys = new Map(
    ended.flatMap(({ notStaged }) =>
      notStaged === undefined ? [] : [[notStaged.scenario, notStaged.why] as const],
    ),
  );
  return [...whys]
    .map(([scenario, why]) => ({ scenario, why }))
    .sort((a, b) => a.scenario.localeCompare(b.scenario));
}

function byScenario(a: SelftestTrial, b: SelftestTrial): number {
  return a.scenario.localeCompare(b.scenario) || Number(a.isTwin) - Number(b.isTwin);
}
