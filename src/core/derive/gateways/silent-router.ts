// What is said beside a route to a router that was asked for and stayed silent.
import type { Parent } from '../../../model/topology.js';
import type { Seen } from '../verdicts/reach.js';
import { listOf } from '../wording/victims.js';
import { reachByParent } from './answers.js';

/** A caution and no verdict: a few routers ignore the probes of RFC 5227, whose sender is 0.0.0.0. */
export function silentRouters(
  gateways: readonly string[],
  parents: readonly Parent[],
  seen: Seen,
): string[] {
  const silent = [...new Set(gateways)].filter((ip) => {
    const answers = new Set(parents.map((parent) => reachByParent(parent, ip, seen)));
    return answers.has('silent') && !answers.has('answered');
  });
  if (silent.length === 0) return [];
  return [
    `${listOf(silent)} did not answer when it was asked for: see first that the router is there, for no route by an address that nobody has helps. A few routers ignore such questions.`,
  ];
}
