// Two links with one MAC, on two links of the host: does a frame that is sent at the one come in at the other?
import type { ProbeStep } from '../../../../model/observation.js';
import { crossingsBetween } from '../../owners/one-lan.js';
import { twinsOn } from '../../owners/shared-macs.js';
import { find } from '../../verdicts/reach.js';
import type { SoFar } from './follow-up.js';

/** Other links of the host that are listened at for one parent. */
export const MOST_CROSSINGS = 4;

/** On a parent that was asked anything at all: any other is down, or no Ethernet. */
export function crossingSteps(soFar: SoFar): ProbeStep[] {
  const { topology, observations } = soFar;
  const pairs = topology.parents.flatMap((parent) =>
    find(observations, { probe: 'reflection', parent: parent.name }).length === 0
      ? []
      : [...new Set(twinsOn(parent, soFar).map(({ by }) => by))]
          .filter((by) => crossingsBetween(parent.name, by, soFar).length === 0)
          .slice(0, MOST_CROSSINGS)
          .map((heardAt) => ({ parent, heardAt })),
  );
  return pairs.map(({ parent: { name }, heardAt }) => ({
    probe: 'crossing',
    from: 'host',
    to: 'switch',
    parent: name,
    target: '',
    send: { kind: 'reflection', device: name, destination: 'broadcast', heardAt },
    expect: 'answer',
  }));
}
