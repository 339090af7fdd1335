import { describe, expect, it } from 'vitest';
import { contains, overlaps } from '../../../../src/core/derive/addressing/subnets.js';
import { drawPlan } from '../../../../src/edge/lab/plan/draw-plan.js';
import { fill, wordsOf } from '../../../../src/edge/lab/plan/words.js';

const planOf = (seed: number) =>
  drawPlan({ mode: 'bridge', hasShim: true }, { labId: 'abc234', seed });

describe('words of a fault', () => {
  it('fills names and addresses in', () => {
    const plan = planOf(3);
    const parent = plan.segments[0]?.parent;
    const words = wordsOf(plan);
    expect(fill('route del {first}/32 dev {shim}', words)).toBe(
      `route del ${parent?.children[0]?.addresses[0]?.replace(/\/.*/, '') ?? ''}/32 dev ${parent?.shim?.name ?? ''}`,
    );
  });

  it('refuses a word that it does not know, and one that has no meaning in this LAN', () => {
    const plan = drawPlan({ mode: 'bridge' }, { labId: 'abc234', seed: 3 });
    expect(() => fill('link set dev {nonsense} up', wordsOf(plan))).toThrow('{nonsense}');
    expect(() => fill('link set dev {shim} up', wordsOf(plan))).toThrow('{shim}');
  });

  it('speaks of one child inside that child', () => {
    const plan = planOf(4);
    const second = plan.segments[0]?.parent.children[1];
    const words = wordsOf(plan, second);
    expect(words['self']).toBe(words['second']);
    expect(contains(words['other-subnet'] ?? '', words['self-other'] ?? '')).toBe(true);
  });

  it('borrows addresses that nobody has, for every seed', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const plan = planOf(seed);
      const words = wordsOf(plan);
      const taken = plan.segments.flatMap(({ router, devices, parent }) =>
        [router, ...devices, ...parent.children, parent].flatMap((one) => one.addresses),
      );
      for (const word of ['free', 'free-too', 'nobody', 'half-cidr'])
        expect(taken.map((cidr) => cidr.replace(/\/.*/, ''))).not.toContain(
          words[word]?.replace(/\/.*/, ''),
        );
      expect(overlaps(words['half'] ?? '', words['subnet'] ?? '')).toBe(true);
      expect(contains(words['half'] ?? '', words['gateway'] ?? '')).toBe(false);
    }
  });

  it('speaks of the second parent where there is one', () => {
    const sketch = { mode: 'bridge', second: { mode: 'bridge', hasShim: true } } as const;
    const plan = drawPlan(sketch, { labId: 'abc234', seed: 6 });
    const second = plan.segments[1];
    const words = wordsOf(plan);
    expect(words['lan2-parent']).toBe(second?.parent.parent);
    expect(words['lan2-shim']).toBe(second?.parent.shim?.name);
    expect(words['lan2-shim']).not.toBe(words['shim']);
    expect(words['lan2-gateway']).toBe(second?.parent.children[0]?.gateway);
    expect(words['lan2-first-mac']).toBe(second?.parent.children[0]?.mac);
  });
});
