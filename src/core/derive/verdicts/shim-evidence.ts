// What a check quotes of a shim and of children that it could serve: the routes, and the shim's own probes.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import { isAnswered } from '../../../model/observation.js';
import type { Shim } from '../../../model/topology.js';
import { shimProbes, type Unserved } from './shim-service.js';
import { listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';

/** By what the host's packets to them leave. */
export function routeEvidence(unserved: readonly Unserved[]): Evidence {
  const from = unserved.some(({ lookup }) => lookup !== undefined) ? 'routeLookups' : 'routes';
  const says = unserved.map(({ ip, device }) => `${ip} leaves by ${device ?? 'no link'}`);
  return { from, says: `${listOf(says)}.` };
}

/** What came of echo requests that were bound to the shim. */
export function probeEvidence(
  shim: Shim,
  unserved: readonly Unserved[],
  { observations }: CheckContext,
): Evidence[] {
  const bound = unserved.flatMap(({ child }) => shimProbes(shim, child, observations));
  if (bound.length === 0) return [];
  const heard = bound.filter((one) => isAnswered(one)).length;
  return [
    {
      from: 'probe:shim-child-icmp',
      says: `Bound to ${shim.name}, echo requests to ${heard.toString()} of ${counted(bound.length, 'child', 'children')} were answered.`,
    },
  ];
}
