// The steps of a fault with names and addresses filled in, once for each place where they happen. Pure.
import type { ChildPlan, LanPlan } from './plan/plan.js';
import type { Step } from './scenario.js';
import { fill, wordsOf, type Words } from './plan/words.js';

interface Place {
  readonly netns: string;
  readonly words: Words;
}

function placesOf(plan: LanPlan, where: Step['in']): readonly Place[] {
  const [segment, second] = plan.segments;
  const children = segment?.parent.children ?? [];
  const others = second?.parent.children ?? [];
  const at = (netns: string, child?: ChildPlan): Place => ({ netns, words: wordsOf(plan, child) });
  const inside = (chosen: readonly ChildPlan[]): Place[] =>
    chosen.map((child) => at(child.netns, child));
  switch (where) {
    case 'host': {
      return [at(plan.hostNetns)];
    }
    case 'switch': {
      return [at(plan.switchNetns)];
    }
    case 'router': {
      return segment === undefined ? [] : [at(segment.router.netns)];
    }
    case 'device': {
      return (segment?.devices ?? []).slice(0, 1).map(({ netns }) => at(netns));
    }
    case 'first': {
      return inside(children.slice(0, 1));
    }
    case 'second': {
      return inside(children.slice(1, 2));
    }
    case 'children': {
      return inside(children);
    }
    case 'lan2-router': {
      return second === undefined ? [] : [at(second.router.netns)];
    }
    case 'lan2-first': {
      return inside(others.slice(0, 1));
    }
    case 'lan2-children': {
      return inside(others);
    }
  }
}

/** A step with its words filled in, once per place. */
interface FilledStep {
  readonly netns: string;
  readonly step: Step;
}

export function fillSteps(plan: LanPlan, steps: readonly Step[]): readonly FilledStep[] {
  return steps.flatMap((step) =>
    placesOf(plan, step.in).map(({ netns, words }) => ({ netns, step: fillStep(step, words) })),
  );
}

function fillStep(step: Step, words: Words): Step {
  if ('ip' in step) return { ...step, ip: fill(step.ip, words) };
  if ('bridge' in step) return { ...step, bridge: fill(step.bridge, words) };
  if ('tc' in step) return { ...step, tc: fill(step.tc, words) };
  if ('nft' in step) return { ...step, nft: fill(step.nft, words) };
  if ('sysctl' in step) return { ...step, sysctl: fill(step.sysctl, words) };
  return { ...step, etc: fill(step.etc, words), content: fill(step.content, words) };
}
