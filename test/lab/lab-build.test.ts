// The lab on a real kernel: every scenario can be built, does what it says, and leaves nothing behind.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { raiseLab, type Lab } from '../../src/edge/lab/lab.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import type { Scenario } from '../../src/edge/lab/scenario.js';
import { labsFolder, readStates } from '../../src/edge/lab/ground/state.js';
import { describeAsRoot } from '../support/root.js';
import { withLab, type LabChoice } from '../support/standing-lab.js';

const signal = new AbortController().signal;
const bare = (cidr = ''): string => cidr.replace(/\/.*/, '');
const scenario = (id: string): Scenario =>
  scenarios.find((one) => one.id === id) ?? expect.fail(id);

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** What of this lab is still to be seen on the machine. */
function remains(labId: string): string[] {
  const places = ['/run/netns', '/etc/netns', labsFolder(true, {})];
  return places.flatMap((place) => list(place).filter((name) => name.includes(labId)));
}

async function pings(lab: Lab, netns: string, target: string): Promise<boolean> {
  const argv = ['ip', 'netns', 'exec', netns, 'ping', '-c', '1', '-W', '1', target];
  return (await lab.ground.attempt(argv)).code === 0;
}

/** Who reaches whom: the first child to gateway and sibling, the host to the first child. */
async function reach(lab: Lab) {
  const [segment] = lab.plan.segments;
  const [first = expect.fail(), second] = segment?.parent.children ?? [];
  const [gateway, sibling, host] = await Promise.all([
    pings(lab, first.netns, first.gateway),
    second === undefined ? undefined : pings(lab, first.netns, bare(second.addresses[0])),
    pings(lab, lab.plan.hostNetns, bare(first.addresses[0])),
  ]);
  return { gateway, ...(sibling === undefined ? {} : { sibling }), host };
}

/** Taken down twice, which does no harm. */
async function inLab<T>(
  of: Scenario,
  act: (lab: Lab) => Promise<T> | T,
  choice: LabChoice = {},
): Promise<T> {
  let labId = '';
  const result = await withLab(of, choice, async (lab) => {
    ({ labId } = lab.plan);
    const done = await act(lab);
    await lab.takeDown();
    return done;
  });
  expect(remains(labId)).toEqual([]);
  return result;
}

/** What every kernel can stage: netem is not everywhere. */
const stageable = scenarios.filter(({ id }) => id !== 'healthy-slow');

describeAsRoot('a lab', () => {
  it.concurrent.each(stageable.map((one) => [one.id, one] as const))(
    '%s is built and removed',
    async (_id, one) => {
      await inLab(one, (lab) => {
        expect(remains(lab.plan.labId)).not.toEqual([]);
      });
    },
  );

  it.concurrent.each([
    ['healthy-bridge', { gateway: true, sibling: true, host: false }],
    ['healthy-vepa', { gateway: true, sibling: true, host: true }],
    ['healthy-private', { gateway: true, host: false }],
    ['healthy-passthru', { gateway: true, host: false }],
    ['healthy-source', { gateway: true, host: false }],
    ['healthy-shim', { gateway: true, sibling: true, host: true }],
    ['healthy-bridge-parent', { gateway: true, sibling: true, host: false }],
    ['healthy-ipv6-only', { gateway: true, sibling: true, host: false }],
    ['gateway-ignores-ping', { gateway: false, sibling: true, host: false }],
    ['vepa-no-hairpin', { gateway: true, sibling: false, host: false }],
    ['mode-private', { gateway: true, sibling: false, host: false }],
    ['mode-mixed', { gateway: true, sibling: false, host: false }],
    ['gateway-silent', { gateway: false, sibling: true, host: false }],
    ['gateway-is-host', { gateway: true, sibling: true, host: false }],
    ['shim-route-shadowed', { gateway: true, sibling: true, host: false }],
    ['shim-route-policy', { gateway: true, sibling: true, host: false }],
    ['shim-mode', { gateway: true, sibling: true, host: false }],
  ])('%s: who reaches whom is as told', async (id, told) => {
    expect(await inLab(scenario(id), reach)).toEqual(told);
  });

  it('has a hundred children up in a few seconds, all of them reaching the gateway', async () => {
    const startedAt = performance.now();
    await inLab(
      scenario('healthy-bridge'),
      async (lab) => {
        // Three seconds on an idle machine.
        expect(performance.now() - startedAt).toBeLessThan(15_000);
        const children = lab.plan.segments[0]?.parent.children ?? [];
        expect(children).toHaveLength(100);
        for (const { netns, gateway } of children.slice(-3))
          expect(await pings(lab, netns, gateway)).toBe(true);
      },
      { children: 100 },
    );
  });

  it('does not disturb another one, nor this machine', async () => {
    const before = readdirSync('/sys/class/net');
    await inLab(
      scenario('healthy-bridge'),
      async (one) => {
        await inLab(
          scenario('healthy-bridge'),
          async (other) => {
            expect(await Promise.all([reach(one), reach(other)])).toEqual([
              { gateway: true, sibling: true, host: false },
              { gateway: true, sibling: true, host: false },
            ]);
          },
          { seed: 5 },
        );
        expect(await reach(one)).toMatchObject({ gateway: true });
      },
      { seed: 5 },
    );
    expect(readdirSync('/sys/class/net')).toEqual(before);
  });

  describe('that is interrupted or cannot be built', () => {
    it('leaves nothing, whenever the signal comes', async () => {
      const seen: string[] = [];
      for (const afterMs of [0, 5, 15, 30, 60]) {
        const stop = new AbortController();
        const raising = raiseLab({
          scenario: scenario('shim-mode'),
          signal: stop.signal,
          children: 30,
        });
        setTimeout(() => {
          // A lab is noted before it makes anything.
          const notes = readStates(labsFolder(true, {}));
          const own = notes.filter(({ owner }) => owner.pid === process.pid);
          seen.push(...own.map(({ id }) => id));
          stop.abort();
        }, afterMs);
        await raising.then(
          (lab) => lab.takeDown(),
          () => undefined,
        );
        expect(seen.flatMap((id) => remains(id))).toEqual([]);
      }
      expect(seen).not.toEqual([]);
    });

    it('says which command failed, and leaves nothing', async () => {
      const broken: Scenario = {
        ...scenario('parent-down'),
        fault: [{ in: 'host', ip: 'link set dev nonsense up' }],
      };
      await expect(raiseLab({ scenario: broken, signal })).rejects.toThrow(
        /`ip -n mvd-\w{6}-host link set dev nonsense up` answered: .*nonsense/,
      );
    });
  });
});
