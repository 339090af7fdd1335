// Whom a child once asked for in vain: does anybody answer it now? Only its own kernel's question reaches all who may.
import { isAnswered, type ProbeStep } from '../../../../model/observation.js';
import type { Parent } from '../../../../model/topology.js';
import {
  askedAnew,
  askedOtherwise,
  inOneCase,
  inVainOf,
  type InVain,
} from '../../verdicts/in-vain.js';
import { groupBy } from '../../wording/victims.js';
import { icmp } from '../sends.js';
import type { SoFar } from './follow-up.js';

/** Of children that are in one case; a second one's silence shows that it is not the first one alone. */
const MOST_ASKERS = 2;
/** Questions of one parent's children; each is put in two rounds, for the kernel asks but once a second. */
export const MOST_ANEW = 16;
export const ROUNDS_ANEW = 2;

export function neighbourSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) =>
    toAsk(parent, soFar)
      .filter((one) => {
        const asked = askedAnew(one, soFar);
        const isOver = asked.some((seen) => isAnswered(seen) || seen.error !== undefined);
        return !isOver && asked.length < ROUNDS_ANEW;
      })
      .map((one) => ask(one)),
  );
}

/** Whether a gateway answers is asked by others. */
function toAsk(parent: Parent, soFar: SoFar): InVain[] {
  const open = parent.children
    .flatMap((child) => inVainOf(child, parent, soFar.topology))
    .filter(({ role }) => role !== 'gateway')
    .filter((one) => !askedOtherwise(one, soFar).some((seen) => isAnswered(seen)));
  return groupBy(open, inOneCase)
    .flatMap(([, ones]) => ones.slice(0, MOST_ASKERS))
    .slice(0, MOST_ANEW);
}

/** By the link whose table it is: another one of the child's may lead there as well. */
function ask({ child, parent, entry, to }: InVain): ProbeStep {
  return {
    probe: 'neighbour-icmp',
    from: child.endpoint,
    to,
    parent: parent.name,
    child: child.name,
    target: entry.dst,
    send: { ...icmp(child), device: child.link.ifname },
    expect: 'answer',
  };
}
