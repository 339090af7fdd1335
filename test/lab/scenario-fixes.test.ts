// The commands that the doctor suggests, run word for word in the sick LAN: the finding goes, and nothing new comes.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { raiseLab, type Lab } from '../../src/edge/lab/lab.js';
import { runDoctor } from '../../src/edge/lab/run-doctor.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import type { Scenario } from '../../src/edge/lab/scenario.js';
import type { CheckResult, Report } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';

const signal = new AbortController().signal;
const doctor = {
  command: [process.execPath, path.resolve(import.meta.dirname, '../../bin/run.js')],
  flags: [],
};
const SEED = 31 + Math.floor(Math.random() * 1000);

/** No command on this host can know the remedy (a cable, a router, the right address): there is advice instead. */
const ADVICE = new Set([
  'address-missing',
  'gateway-is-host',
  'gateway-outside-subnet',
  'gateway-silent',
  'neighbour-unresolved',
  'parent-no-carrier',
  'passthru-shared',
  'subnet-mismatch',
  'subnet-overlap',
]);
/** Cured by files that the next boot reads. */
const FILES = new Set(['shim-not-persistent']);
/** One fix may bring the next fault to light: a link that was down has lost its routes. */
const MOST_ROUNDS = 2;

const news = (report: Report): CheckResult[] =>
  report.results.filter(({ status }) => ['warn', 'fail', 'crashed'].includes(status));
const label = ({ check, status, subject }: CheckResult): string =>
  `${status} ${check} on ${subject.kind} ${subject.name}`;

/** As a person would: each line into a shell on the host. */
async function paste(lab: Lab, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const argv = ['ip', 'netns', 'exec', lab.plan.hostNetns, 'sh', '-c', line];
    const { code, stderr } = await lab.ground.attempt(argv);
    expect(`${line} → ${String(code)} ${stderr}`).toBe(`${line} → 0 `);
  }
}

/** The findings that somebody staged, or that came to light since. */
function sick(scenario: Scenario, report: Report): CheckResult[] {
  const known = new Set([...scenario.byDesign, ...(scenario.mayAlso ?? [])]);
  return news(report).filter(({ check }) => !known.has(check));
}

async function inLab<T>(scenario: Scenario, act: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await raiseLab({ scenario, seed: SEED, signal });
  try {
    return await act(lab);
  } finally {
    await lab.takeDown();
  }
}

/** What is still wrong after each round of first fixes. */
function cure(scenario: Scenario): Promise<string[][]> {
  return inLab(scenario, async (lab) => {
    const rounds: string[][] = [];
    let left = sick(scenario, await runDoctor(lab, doctor, signal));
    while (left.length > 0 && rounds.length < MOST_ROUNDS) {
      const fixes = left.flatMap((finding) => finding.fixes?.slice(0, 1) ?? []);
      expect(fixes, 'a fix is offered').not.toEqual([]);
      for (const { commands } of fixes) await paste(lab, commands);
      left = sick(scenario, await runDoctor(lab, doctor, signal));
      rounds.push(left.map((result) => label(result)));
    }
    return rounds;
  });
}

const sickOnes = scenarios.filter(({ expect: must }) => must.length > 0);
const named = (chosen: readonly Scenario[]) => chosen.map((one) => [one.id, one] as const);

describeAsRoot(`fixes, with seed ${SEED.toString()}`, () => {
  describe('pasted', { concurrent: true }, () => {
    const curable = sickOnes.filter(({ id }) => !ADVICE.has(id) && !FILES.has(id));
    it.each(named(curable))('cure %s', async (_id, scenario) => {
      const rounds = await cure(scenario);
      expect(rounds.at(-1)).toEqual([]);
      for (const { check } of scenario.expect)
        expect(rounds[0]?.filter((line) => line.includes(check))).toEqual([]);
    });
  });

  describe('that are none', { concurrent: true }, () => {
    it.each(named(sickOnes.filter(({ id }) => ADVICE.has(id))))(
      '%s comes with advice',
      async (_id, scenario) => {
        const report = await inLab(scenario, (lab) => runDoctor(lab, doctor, signal));
        const staged = sick(scenario, report);
        expect(staged).not.toEqual([]);
        for (const finding of staged)
          expect(finding.advice?.join(' ') ?? '', label(finding)).toMatch(/\w/);
      },
    );

    it.each(named(sickOnes.filter(({ id }) => FILES.has(id))))(
      '%s comes with files',
      async (_id, scenario) => {
        const report = await inLab(scenario, (lab) => runDoctor(lab, doctor, signal));
        const fixes = sick(scenario, report).flatMap((finding) => finding.fixes ?? []);
        expect(fixes.flatMap(({ persist }) => persist.flatMap(({ files }) => files))).not.toEqual(
          [],
        );
      },
    );
  });
});
