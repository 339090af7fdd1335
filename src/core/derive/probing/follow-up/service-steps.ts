// Where nobody's ping is answered by a child, or by a shim: would a connection be taken, or refused?
import { valueOf } from '../../../../model/fact.js';
import { isSilent, type ProbeStep } from '../../../../model/observation.js';
import type { Child, Parent } from '../../../../model/topology.js';
import {
  connectionsTo,
  isBelievable,
  isUnheard,
  callsTo,
  vantagesOn,
  type Vantage,
} from '../../passage/vantages.js';
import { shimCalls } from '../../passage/shim-calls.js';
import { ipv4Of, isProbeable } from '../probe-targets.js';
import type { SoFar } from './follow-up.js';

/** Children that are asked in one run, and children that ask one shim: a handful shows the pattern. */
export const MOST_CALLED = 16;
export const MOST_CALLERS = 4;
/** Ports that are tried at one address by each; and by the first sibling, for one open port is enough. */
export const MOST_PORTS = 3;
export const MOST_PORTS_FIRST = 16;
/** discard (RFC 863): as a rule nobody listens, and no filter names it. A refusal is an answer. */
const UNLIKELY_PORT = 9;

export function serviceSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => [
    ...parent.children
      .filter((child) => isProbeable(child) && isUnheard(child, soFar))
      .filter((child) => connectionsTo(child.endpoint, soFar).length === 0)
      .slice(0, MOST_CALLED)
      .flatMap((child) => callChild(child, parent, soFar)),
    ...callShims(parent, soFar),
  ]);
}

/** Siblings and shims that call one child; a second sibling shows whether it is the first who cannot send. */
export const MOST_SIBLINGS = 2;

/** Those first that are believable, and of them those that have called already. */
function callChild(child: Child, parent: Parent, soFar: SoFar): ProbeStep[] {
  const asked = new Set(callsTo(child, soFar).map(({ from }) => from));
  const rankOf = (one: Vantage): number =>
    (isBelievable(one, soFar) ? 2 : 0) + (asked.has(one.endpoint) ? 1 : 0);
  const ranked = vantagesOn(child, parent, soFar.topology, soFar).toSorted(
    (a, b) => rankOf(b) - rankOf(a),
  );
  const siblings = ranked.filter(({ device }) => device === undefined).slice(0, MOST_SIBLINGS);
  const shims = ranked.filter(({ device }) => device !== undefined).slice(0, 1);
  return [...siblings, ...shims].flatMap((vantage, at) => [
    ...(asked.has(vantage.endpoint) ? [] : [echoFrom(vantage, child)]),
    ...portsOf(child.netns.inode, soFar, at === 0 ? MOST_PORTS_FIRST : MOST_PORTS).map(
      (port): ProbeStep => ({
        ...ends(vantage, child),
        probe: 'service-tcp',
        send: { kind: 'tcp', port, ...placeOf(vantage) },
      }),
    ),
  ]);
}

/** The ring had its one asker: where that one is not to be believed, another one asks. */
function echoFrom(vantage: Vantage, child: Child): ProbeStep {
  return {
    ...ends(vantage, child),
    probe: vantage.device === undefined ? 'sibling-icmp' : 'shim-child-icmp',
    send: { kind: 'icmp', ...placeOf(vantage) },
  };
}

function ends(vantage: Vantage, child: Child): Omit<ProbeStep, 'probe' | 'send'> {
  return {
    from: vantage.endpoint,
    to: child.endpoint,
    parent: child.parent,
    child: child.name,
    target: ipv4Of(child)[0] ?? '',
    expect: 'answer',
  };
}

function placeOf({ netns, device }: Vantage): { readonly netns: number; readonly device?: string } {
  return device === undefined ? { netns } : { netns, device };
}

function callShims(parent: Parent, soFar: SoFar): ProbeStep[] {
  return parent.shims.flatMap((shim) => {
    const to = `shim:${shim.name}`;
    const calls = shimCalls(shim, parent, soFar);
    const isHeard = calls.some(({ observation }) => !isSilent(observation));
    if (isHeard || connectionsTo(to, soFar).length > 0) return [];
    const callers = calls
      .toSorted(
        (a, b) => Number(isBelievable(b.child, soFar)) - Number(isBelievable(a.child, soFar)),
      )
      .slice(0, MOST_CALLERS);
    return callers.flatMap(({ child, ip }) =>
      portsOf(soFar.topology.host.inode, soFar, MOST_PORTS).map((port): ProbeStep => ({
        probe: 'service-tcp',
        from: child.endpoint,
        to,
        parent: parent.name,
        child: child.name,
        target: ip,
        send: { kind: 'tcp', netns: child.netns.inode, port },
        expect: 'answer',
      })),
    );
  });
}

/** Ports that are listened on, else one where a refusal is likely. */
function portsOf(inode: number, { facts }: SoFar, most: number): number[] {
  const listening = valueOf(facts.services)?.[inode.toString()]?.listening ?? [];
  return listening.length === 0 ? [UNLIKELY_PORT] : listening.slice(0, most);
}
