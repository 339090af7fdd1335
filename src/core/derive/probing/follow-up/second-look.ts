// In which namespaces it is worth asking who listens and what is filtered: where an answer was missing.
import { isSilent } from '../../../../model/observation.js';
import { gatewayPairs, isLostOnTheWay, isStuckInside } from '../../passage/gateway-echo.js';
import { callsTo, isUnheard } from '../../passage/vantages.js';
import { isProbeable } from '../probe-targets.js';
import type { SoFar } from './follow-up.js';

/** So many at the most; the host is among them where a shim's path was silent. */
export const MOST_LOOKED_INTO = 32;

/** Inodes, without repeats. */
export function namespacesToLookInto(soFar: SoFar): number[] {
  const { topology, observations } = soFar;
  const missed = observations.filter((one) => isSilent(one) && one.expect === 'answer');
  const isOfShim = missed.some(
    ({ probe }) => probe === 'child-shim-icmp' || probe === 'shim-child-icmp',
  );
  const unheard = topology.parents
    .flatMap(({ children }) => children)
    .filter((child) => isProbeable(child) && isUnheard(child, soFar))
    .filter(({ netns }) => netns.isPlanned !== true);
  const callers = new Set(
    unheard.flatMap((child) => callsTo(child, soFar).map(({ from }) => from)),
  );
  const asking = topology.parents
    .flatMap(({ children }) => children)
    .filter(({ endpoint }) => callers.has(endpoint));
  const unanswered = topology.parents
    .flatMap((parent) => gatewayPairs(parent, topology))
    .filter(
      (pair) =>
        (isLostOnTheWay(pair, soFar) && hasArrived(pair.child.mac)) || isStuckInside(pair, soFar),
    );
  function hasArrived(mac: string): boolean {
    return observations.some(({ arrived }) => arrived?.some((one) => one.mac === mac) === true);
  }
  const inodes = [
    ...(isOfShim ? [topology.host.inode] : []),
    ...(unanswered.length === 0 ? [] : [topology.host.inode]),
    ...[...unheard, ...asking, ...unanswered.map(({ child }) => child)].map(
      ({ netns }) => netns.inode,
    ),
  ];
  return [...new Set(inodes)].slice(0, MOST_LOOKED_INTO);
}
