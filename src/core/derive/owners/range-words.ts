// What was asked in a range, who answered, and what of it is free.
import type { IpamPool } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import { knownAddresses } from '../addressing/free-address.js';
import { freeRuns, runText } from '../addressing/free-runs.js';
import { handedOut, handoutRange } from '../engine-networks/handouts.js';
import { listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import type { RangeAnswers } from './range-answers.js';

/** More are no help: the range is to be a long one. */
const MOST_RUNS = 3;

/** One sentence or two, with the longest free stretches of the range. */
export function askedAndFree(pool: IpamPool, { sweep, taken }: RangeAnswers, facts: Facts): string {
  const others = new Set([...knownAddresses(facts), ...taken.map(({ ip }) => ip)]);
  const numbers = handoutRange(pool);
  const runs = numbers === undefined ? [] : freeRuns(numbers, others);
  const free =
    runs.length === 0
      ? 'none is free'
      : `free and silent: ${listOf(runs.slice(0, MOST_RUNS).map((run) => runText(run)))}`;
  const asked = `${counted(sweep.addresses, 'address', 'addresses')} of ${sweep.range} were asked for by ARP, in ${counted(sweep.sent, 'frame')}`;
  const answered = `${counted(new Set(taken.map(({ mac }) => mac)).size, 'device')} answered`;
  return `${asked}; ${answered}. In ${handedOut(pool)} ${free}${runs.length > MOST_RUNS ? ', and more' : ''}.`;
}
