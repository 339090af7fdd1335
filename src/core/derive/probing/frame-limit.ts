// How many frames a run may send at the most, and how that is reckoned: linear in the number of parents and of children.
import type { Observation, ProbeStep } from '../../../model/observation.js';
import type { Report } from '../../../model/report.js';
import type { Sweep } from '../../../model/sweep.js';
import type { Topology } from '../../../model/topology.js';
import { counted } from '../wording/words.js';
import { MOST_CROSSINGS } from './follow-up/crossing-steps.js';
import { MOST_ANEW, ROUNDS_ANEW } from './follow-up/neighbour-steps.js';
import { MOST_CONTROL_SUBNETS, MOST_CONTROLS } from './follow-up/owner-steps.js';
import { MOST_RELAYS } from './follow-up/relay-steps.js';
import { MOST_CONTESTED, MOST_RIVALS } from './follow-up/rival-steps.js';
import { MOST_SEARCHES, MOST_SIZE_PROBES } from './follow-up/size-steps.js';
import { MOST_HOLDER_QUESTIONS } from '../owners/askers.js';
import { MOST_SUSPECTS } from '../owners/foreign-macs.js';
import { MOST_FREE_ADDRESSES } from '../addressing/free-address.js';
import { SEND_AT, SENDS_EXPECTING_SILENCE } from './patience.js';
import { SWEEP_PASSES } from './sweep-pace.js';

const OFTEN = SEND_AT.length;
/** To the host's own gateway, three times by way of the other, and to that one itself. */
const STEPS_PER_RELAY = 5;
/** Four rows of the ARP split and its promiscuous one, an echo and an ARP request again, each with its control, and one of full size. */
const STEPS_PER_CHILD = 10;

/** What follow-ups may cost in frames: whatever they cost otherwise, they are cut there. */
const FOR_SIZES = OFTEN * MOST_SEARCHES * MOST_SIZE_PROBES;
const PER_PARENT =
  OFTEN *
  (STEPS_PER_RELAY * MOST_RELAYS +
    MOST_CONTESTED * MOST_RIVALS +
    MOST_CONTROLS * MOST_CONTROL_SUBNETS +
    MOST_SUSPECTS +
    MOST_CROSSINGS +
    MOST_HOLDER_QUESTIONS +
    MOST_ANEW * ROUNDS_ANEW +
    MOST_FREE_ADDRESSES);
const PER_CHILD = OFTEN * STEPS_PER_CHILD;

/** Of a run with these steps in its first round. ARP requests of the kernel's own come on top, and are not counted as sent. */
export function frameLimit(
  steps: readonly ProbeStep[],
  topology: Topology,
  sweeps: readonly Sweep[] = [],
): Report['frameLimit'] {
  const often = steps.filter(({ expect }) => expect === 'answer').length;
  const seldom = steps.length - often;
  const first = `${OFTEN.toString()} × ${often.toString()} + ${SENDS_EXPECTING_SILENCE.toString()} × ${seldom.toString()} for the probes of the first round`;
  const { parents, children } = sizeOf(topology);
  const later = `${FOR_SIZES.toString()} + ${PER_PARENT.toString()} × ${counted(parents, 'parent', 'parents')} + ${PER_CHILD.toString()} × ${counted(children, 'child', 'children')} for the rounds after it`;
  const addresses = sum(sweeps.map((one) => (one.sent === 0 ? 0 : one.addresses)));
  const ranges =
    addresses === 0
      ? ''
      : `, ${SWEEP_PASSES.toString()} × ${addresses.toString()} for ranges that were asked through`;
  return {
    frames:
      sum(steps.map((step) => mostFramesOf(step))) +
      followUpLimit(topology) +
      SWEEP_PASSES * addresses,
    formula: `${first}, ${later}${ranges}; the kernel's own ARP requests for echoes and connections come on top, 3 each at the most`,
  };
}

/** Frames that all rounds after the first one may send together. */
export function followUpLimit(topology: Topology): number {
  const { parents, children } = sizeOf(topology);
  return parents === 0 ? 0 : FOR_SIZES + PER_PARENT * parents + PER_CHILD * children;
}

/** As many of the steps, in their order, as may still be sent after these follow-ups. */
export function affordable(
  steps: readonly ProbeStep[],
  followUps: readonly Observation[],
  topology: Topology,
): ProbeStep[] {
  let left = followUpLimit(topology) - sum(followUps.map(({ sent }) => sent));
  return steps.filter((step) => {
    const cost = mostFramesOf(step);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}

/** A connection costs two frames more than its SYN where it stands, and one more where its answer comes too late. */
function mostFramesOf({ send, expect }: ProbeStep): number {
  const sends = expect === 'answer' ? OFTEN : SENDS_EXPECTING_SILENCE;
  return send.kind === 'tcp' ? 2 * sends + 1 : sends;
}

function sizeOf({ parents }: Topology): { readonly parents: number; readonly children: number } {
  return { parents: parents.length, children: sum(parents.map((one) => one.children.length)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
