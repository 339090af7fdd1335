// Every fault through the real program: what the report says is done, and cures it. That it is found is selftest.test.ts.
import { expect, it } from 'vitest';
import path from 'node:path';
import { runLab, type LabRun } from '../../src/cli/workflows/lab-run.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import type { Scenario } from '../../src/edge/lab/scenario.js';
import type { CheckResult } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';

const doctor = {
  command: [process.execPath, path.resolve(import.meta.dirname, '../../bin/run.js')],
  flags: [],
};
/** SEEDS=1,2,3 says which. */
const SEEDS = process.env['SEEDS']?.split(',').map(Number) ?? [
  7919 + Math.floor(Math.random() * 1000),
];

/** No command on this host can know the remedy (a cable, a router, a switch, the right address). */
const ADVICE = new Set([
  'address-missing',
  'firewall-child',
  'foreign-unicast-filter',
  'gateway-contested',
  'gateway-is-host',
  'gateway-outside-subnet',
  'gateway-silent',
  'gateway-wrong',
  'gateway-wrong-sibling',
  'gateway-wrong-two-cards',
  'neighbour-unresolved',
  'parent-no-carrier',
  'passthru-shared',
  'shim-firewalled',
  'source-mac-filter',
  'source-mac-limit',
  'subnet-mismatch',
  'subnet-overlap',
  'upstream-both-filters',
]);
/** Two faults, one for commands and one for somebody else. */
const BOTH = new Set([
  'several-duplicate-ip-gateway',
  'several-filter-duplicate',
  'several-firewall-address',
  'several-unicast-mtu',
]);
/** Cured by files that the next boot reads. */
const FILES = new Set(['shim-not-persistent']);
/** Somebody answered all the while, if only the wrong one. */
const WITHOUT_PROOF = /^arp-flux|duplicate-|^shim-address-/;

/** What comes to light by the cure: children in bridge mode are out of reach for the host, whatever the switch does. */
const FOLLOW_UPS = new Map([
  ['vepa-no-hairpin', 'host-child-isolation'],
  ['several-two-parents', 'host-child-isolation'],
]);

const brief = ({ check, status, subject, what, reason }: CheckResult): string =>
  `${status} ${check} on ${subject.kind} ${subject.name}: ${what ?? reason ?? ''}`;

function runOne(scenario: Scenario, seed: number): Promise<LabRun> {
  const { signal } = new AbortController();
  return runLab({
    scenario,
    seed,
    withFix: true,
    doctor,
    signal,
    onProgress: () => undefined,
  });
}

function verdictOf({ judgement, cure }: LabRun) {
  return {
    missing: judgement.missing.map(({ check, status }) => `${status} ${check}`),
    unexpected: judgement.unexpected.map((result) => brief(result)),
    by: [...new Set(cure?.treatments.map(({ by }) => by))].sort(),
    failed: cure?.treatments.flatMap(({ failed }) => failed ?? []) ?? [],
    remaining: cure?.remaining.map((result) => brief(result)) ?? [],
    followUps: cure?.followUps.map(({ check }) => check) ?? [],
  };
}

/** Nothing is found, so nothing is done. */
const QUIET = { missing: [], unexpected: [], by: [], failed: [], remaining: [], followUps: [] };

function curesOf({ id }: Scenario): string[] {
  if (BOTH.has(id)) return ['advice', 'commands'];
  if (ADVICE.has(id)) return ['advice'];
  return FILES.has(id) ? ['files'] : ['commands'];
}
const isSick = (scenario: Scenario): boolean => scenario.expect.length > 0;
const sickOnes = scenarios.filter((one) => isSick(one));

/** The commands cure, and somebody is reached who was not; or there are none, and the advice has words. */
async function assertCured(scenario: Scenario, seed: number): Promise<void> {
  const run = await runOne(scenario, seed);
  const { treatments = [], proof } = run.cure ?? {};
  const about = `seed ${seed.toString()}`;
  expect(verdictOf(run), about).toEqual({
    ...QUIET,
    by: curesOf(scenario),
    followUps: [FOLLOW_UPS.get(scenario.id) ?? []].flat(),
  });
  for (const { finding, by } of treatments)
    if (by === 'advice') expect(finding.advice?.join(' ') ?? '', about).toMatch(/\w/);
  const isProven = curesOf(scenario).includes('commands') && !WITHOUT_PROOF.test(scenario.id);
  if (isProven) expect(proof?.rttMs, about).toBeGreaterThan(0);
}

describeAsRoot(`faults with seed ${SEEDS.join(' and ')}`, () => {
  // Each with a seed of its own: two LANs with the same MACs at the same time are a fault that nobody staged.
  it.concurrent.each(sickOnes.map((one, at) => [one.id, one, at] as const))(
    '%s is found, and cured',
    async (_id, scenario, at) => {
      for (const seed of SEEDS) await assertCured(scenario, seed * 100 + at);
    },
  );
});
