// A run changes nothing, however it ends.
import { expect, it } from 'vitest';
import gatewaySilent from '../../src/edge/lab/scenarios/gateway-silent.js';
import healthyShim from '../../src/edge/lab/scenarios/healthy-shim.js';
import upstreamBothFilters from '../../src/edge/lab/scenarios/upstream-both-filters.js';
import vepaNoHairpin from '../../src/edge/lab/scenarios/vepa-no-hairpin.js';
import { describeAsRoot } from '../support/root.js';
import { configurationOf, doctorIn, withLab } from '../support/standing-lab.js';

describeAsRoot('a good guest', () => {
  it.each([
    ['everything is well', healthyShim],
    ['a fault is found', vepaNoHairpin],
  ])(
    'leaves links, addresses, routes, rules and promiscuity as they were when %s',
    async (_name, scenario) => {
      await withLab(scenario, { children: 4 }, async (lab) => {
        const before = configurationOf(lab);
        const { stdout } = await doctorIn(lab.plan.hostNetns, { args: ['run', '--json'] });
        expect(JSON.parse(stdout)).toHaveProperty('framesSent', expect.any(Number));
        expect(configurationOf(lab)).toEqual(before);
      });
    },
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGKILL', null],
  ] as const)('leaves nothing behind under %s, at any moment', async (signal, code) => {
    await withLab(gatewaySilent, { children: 5 }, async (lab) => {
      const before = configurationOf(lab);
      const ends = [];
      for (const afterMs of [40, 150, 300, 700, 1500]) {
        // The gateway is dead: the run lasts its whole window, so that every signal meets it alive.
        const args = ['run', '--timeout', '6000'];
        ends.push(await doctorIn(lab.plan.hostNetns, { args, kill: { signal, afterMs } }));
      }
      expect(configurationOf(lab)).toEqual(before);
      // Before its handlers stand, a process dies of the signal itself.
      const last = ends.at(-1);
      expect(code === null ? last?.signal : last?.code).toBe(code ?? signal);
      for (const end of ends) expect(end.stderr).not.toMatch(/ {4}at /);
    });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves nothing behind under %s when answers led to more rounds',
    async (signal) => {
      await withLab(upstreamBothFilters, { children: 3 }, async (lab) => {
        const before = configurationOf(lab);
        for (const afterMs of [600, 900, 1200, 1500, 2000]) {
          const args = ['run', '--timeout', '600'];
          const end = await doctorIn(lab.plan.hostNetns, { args, kill: { signal, afterMs } });
          expect(end.stderr).not.toMatch(/ {4}at /);
        }
        expect(configurationOf(lab)).toEqual(before);
      });
    },
  );
});
