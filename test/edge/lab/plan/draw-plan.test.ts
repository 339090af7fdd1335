import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains } from '../../../../src/core/derive/addressing/subnets.js';
import { cidrOf } from '../../../../src/edge/lab/plan/addresses.js';
import { drawPlan } from '../../../../src/edge/lab/plan/draw-plan.js';
import { LAB_NETNS } from '../../../../src/edge/lab/plan/naming.js';
import { namespacesOf, type LanPlan } from '../../../../src/edge/lab/plan/plan.js';
import { scenarios } from '../../../../src/edge/lab/scenarios/index.js';
import type { Scenario } from '../../../../src/edge/lab/scenario.js';

const labId = 'abc234';
const anySeed = fc.integer({ min: 0, max: 2 ** 31 });
const anyScenario = fc.constantFrom(...scenarios);

const stations = (plan: LanPlan) =>
  plan.segments.flatMap(({ router, devices, parent }) => [router, ...devices, ...parent.children]);

const bare = (cidr: string): string => cidr.replace(/\/.*/, '');

const planOf = (seed: number) => drawPlan({ mode: 'bridge' }, { labId, seed });

function everyPlan(test: (plan: LanPlan, scenario: Scenario) => void): void {
  fc.assert(
    fc.property(anyScenario, anySeed, (scenario, seed) => {
      test(drawPlan(scenario.lan, { labId, seed }), scenario);
    }),
    { numRuns: 300 },
  );
}

describe('drawPlan', () => {
  it('is repeatable, and differs from seed to seed', () => {
    expect(planOf(17)).toEqual(planOf(17));
    const seen = Array.from({ length: 40 }, (_, seed) => planOf(seed).segments[0]);
    expect(new Set(seen.map((one) => one?.parent.nic)).size).toBeGreaterThan(3);
    expect(new Set(seen.map((one) => one?.parent.children.length))).toEqual(new Set([2, 3, 4]));
    expect(new Set(seen.map((one) => one?.subnet.base)).size).toBeGreaterThan(10);
  });

  it('gives a redundant router the MAC of a virtual one', () => {
    const plan = drawPlan({ mode: 'bridge', isRouterVirtual: true }, { labId, seed: 3 });
    expect(plan.segments[0]?.router.mac).toMatch(/^00:00:5e:00:01:[\da-f]{2}$/);
  });

  it('never gives a name, an address or a MAC twice', () => {
    everyPlan((plan) => {
      const shims = plan.segments.flatMap(({ parent }) => parent.shim?.address ?? []);
      const hosts = plan.segments.flatMap(({ parent }) => parent.addresses);
      const addresses = [...stations(plan).flatMap((one) => one.addresses), ...hosts, ...shims];
      const macs = [...stations(plan), ...plan.segments.map(({ parent }) => parent)].map(
        (one) => one.mac,
      );
      for (const list of [namespacesOf(plan), addresses.map((cidr) => bare(cidr)), macs])
        expect(new Set(list).size).toBe(list.length);
    });
  });

  it('keeps within what the kernel takes for a name, and marks its namespaces', () => {
    everyPlan((plan) => {
      const links = plan.segments.flatMap(({ name, router, devices, parent }) => [
        name,
        parent.parent,
        parent.nic,
        parent.port,
        parent.shim?.name ?? 'x',
        ...[router, ...devices].flatMap((one) => [one.link, one.port]),
        ...parent.children.map((child) => child.link),
      ]);
      // IFNAMSIZ is 16 with the final NUL.
      for (const link of links) expect(link.length, link).toBeLessThanOrEqual(15);
      for (const netns of namespacesOf(plan)) expect(netns).toMatch(LAB_NETNS);
    });
  });

  it('puts every IPv4 address into its subnet, and the gateway next to the children', () => {
    everyPlan((plan) => {
      for (const { subnet, router, parent } of plan.segments) {
        const inSubnet = [...parent.addresses, ...parent.children.flatMap((one) => one.addresses)];
        for (const cidr of inSubnet.filter((one) => !one.includes(':')))
          expect(contains(cidrOf(subnet), bare(cidr))).toBe(true);
        for (const { gateway } of parent.children)
          expect(router.addresses.map((cidr) => bare(cidr))).toContain(gateway);
      }
    });
  });

  it('makes as many children as asked for, and says how many it can', () => {
    const plan = drawPlan({ mode: 'bridge' }, { labId, seed: 1, children: 150 });
    expect(plan.segments[0]?.parent.children).toHaveLength(150);
    const passthru = () =>
      drawPlan({ mode: 'passthru', children: [1, 1] }, { labId, seed: 1, children: 2 });
    expect(passthru).toThrow('takes --children 1, not 2');
    const alone = () =>
      drawPlan({ mode: 'bridge', children: [2, 4] }, { labId, seed: 1, children: 1 });
    expect(alone).toThrow('takes --children 2 to 500, not 1');
  });
});
