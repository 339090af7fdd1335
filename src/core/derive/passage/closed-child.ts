// Children that nobody on their own parent gets an answer from, although ARP works; and those whose own answers vanish.
import type { DroppingRule } from '../../../model/filter.js';
import { isAnswered, isSilent } from '../../../model/observation.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { contestedOn } from '../owners/contested.js';
import { predict } from '../prediction/predict.js';
import { ipv4Of, isProbeable } from '../probing/probe-targets.js';
import { errorsOf, find, reflects, tally, type Seen } from '../verdicts/reach.js';
import { droppingOnDevice, droppingWayIn, droppingWayOut } from './filters.js';
import { echoesTo, gatewayPairs, type GatewayPair } from './gateway-echo.js';
import {
  callsTo,
  canCall,
  connectionsTo,
  hasMetByArp,
  isBelievable,
  isMistaken,
  vantagesIn,
  type Vantage,
} from './vantages.js';

/** A child that takes nothing from its neighbours, or whose replies from its gateway are lost on this machine. */
export interface ClosedChild {
  readonly child: Child;
  /** Who called in vain: labels of siblings and shims. */
  readonly callers: readonly string[];
  readonly echoes: number;
  readonly connections: number;
  readonly ports: readonly number[];
  /** The gateway answers the child: it is shut towards its neighbours alone. */
  readonly reachesLan: boolean;
  /** Replies of its gateway that came in on the parent and never got to it. */
  readonly lost: { readonly gateway: string; readonly frames: number } | undefined;
  /** What drops packets inside the child, as far as it could be read. */
  readonly rules: readonly DroppingRule[];
  /** What drops packets on their way out of it. */
  readonly rulesOut: readonly DroppingRule[];
  readonly hostRules: readonly DroppingRule[];
}

interface Verdict {
  readonly closed: readonly ClosedChild[];
  /** Silence that is somebody's filter, and it cannot be said whose. */
  readonly open: readonly { readonly child: Child; readonly reason: string }[];
}

export function closedChildren(parent: Parent, topology: Topology, seen: Seen): Verdict {
  const contested = contestedOn(parent, { topology, ...seen });
  const pairs = gatewayPairs(parent, topology);
  const verdicts = parent.children
    .filter((child) => isProbeable(child))
    .map((child) => judge(child, { parent, topology, seen, contested, pairs }));
  const closed = verdicts.flatMap((verdict) =>
    verdict?.state === 'closed' ? [verdict.found] : [],
  );
  const shut = new Set(closed.map(({ child }) => child.endpoint));
  const open = verdicts.flatMap((verdict) => (verdict?.state === 'open' ? [verdict] : []));
  // Whoever was called only by one that hears no answers has nothing to explain.
  return { closed, open: open.filter(({ callers }) => !callers.every((from) => shut.has(from))) };
}

interface Around {
  readonly parent: Parent;
  readonly topology: Topology;
  readonly seen: Seen;
  /** Addresses that have a second owner. */
  readonly contested: ReadonlySet<string>;
  /** Of all children of the parent. */
  readonly pairs: readonly GatewayPair[];
}

type Judgement =
  | { readonly state: 'closed'; readonly found: ClosedChild }
  | {
      readonly state: 'open';
      readonly child: Child;
      readonly reason: string;
      /** Endpoints. */
      readonly callers: readonly string[];
    }
  | undefined;

function judge(child: Child, around: Around): Judgement {
  const { seen } = around;
  const calls = callsTo(child, seen);
  const connections = connectionsTo(child.endpoint, seen);
  const lost = repliesLost(child, around);
  if (calls.some((one) => isAnswered(one))) return lost && found(child, [], { around, lost });
  // It takes connections: what it drops is pings, and the gateway's echoes with them.
  if (connections.some((one) => isAnswered(one))) return undefined;
  const callers = callersOf(child, around);
  if (callers.length === 0) return lost && found(child, [], { around, lost });
  const from = callers.map(({ endpoint }) => endpoint);
  const rules = droppingWayIn(child.netns.inode, seen.facts);
  const trusted = callers.filter(
    (one) =>
      rules.length > 0 ||
      (isBelievable(one, seen) && droppingWayOut(one.netns, seen.facts).length === 0),
  );
  if (trusted.length === 0) {
    return lost === undefined
      ? { state: 'open', child, reason: whoseFilter(child, callers), callers: from }
      : found(child, callers, { around, lost });
  }
  const believed = new Set(trusted.map(({ endpoint }) => endpoint));
  if (!connections.some((one) => believed.has(one.from) && isSilent(one))) {
    const why = errorsOf(connections)[0] ?? 'none was tried';
    const names = trusted.map(({ label }) => label).join(', ');
    const reason = `${child.label} answers no ping of ${names}; whether it takes connections is not known: ${why}`;
    return { state: 'open', child, reason, callers: from };
  }
  return found(child, trusted, { around, lost });
}

/**
 * Those who called in vain, and whose own table shows that ARP worked. Answers to an address with a second owner may have
 * gone to that one, even where the table of the child has the right MAC again by the time it is read.
 */
function callersOf(child: Child, { parent, topology, seen, contested }: Around): Vantage[] {
  const around = { topology, facts: seen.facts, reflects: reflects(parent, seen) };
  const silent = new Set(
    callsTo(child, seen)
      // Silence that its routes, rules or settings explain is no filter's.
      .filter((one) => isSilent(one) && predict(one, around).outcome !== 'silence')
      .map(({ from }) => from),
  );
  if (silent.size === 0) return [];
  return vantagesIn(topology)(parent).filter(
    (one) =>
      silent.has(one.endpoint) &&
      canCall(one, child, { parent, seen }) &&
      !ipv4Of(one.end).some((ip) => contested.has(ip)) &&
      hasMetByArp(one, child, seen) === true &&
      !isMistaken(child, one, seen),
  );
}

function whoseFilter(child: Child, callers: readonly Vantage[]): string {
  const names = callers.map(({ label }) => label).join(', ');
  return `${child.label} answers neither ping nor connection of ${names}, and it may be ${names} that cannot send or hear: one of them has a packet filter; \`nft list ruleset\` inside each shows it`;
}

/** Fewer replies than this may have been on their way when the run ended. */
const LEAST_REPLIES = 3;

/** The gateway's replies came in for the child's own MAC, and the child got none of them. */
function repliesLost(child: Child, { pairs, topology, seen }: Around): ClosedChild['lost'] {
  return pairs
    .filter((pair) => pair.child === child)
    .flatMap((pair) => {
      const asked = echoesTo(pair, seen);
      if (asked.length === 0 || !asked.every((one) => isSilent(one))) return [];
      if (dropsPingsAlone(child, { topology, seen })) return [];
      const arrived = asked.flatMap((one) => one.arrived ?? []);
      const own = arrived.filter(({ mac }) => mac === child.mac);
      const frames = own.reduce((sum, one) => sum + one.frames, 0);
      return frames < LEAST_REPLIES ? [] : [{ gateway: pair.gateway, frames }];
    })[0];
}

/** All that is dropped on the way to it is ICMP: whether it gets other answers, an echo cannot tell. */
function dropsPingsAlone(
  child: Child,
  { topology, seen }: Pick<Around, 'topology' | 'seen'>,
): boolean {
  const rules = [
    ...droppingWayIn(child.netns.inode, seen.facts),
    ...droppingOnDevice(topology.host.inode, seen.facts),
  ];
  return rules.length > 0 && rules.every(({ matches }) => /\bicmp\b/u.test(matches));
}

function found(
  child: Child,
  callers: readonly Vantage[],
  { around, lost }: { readonly around: Around; readonly lost: ClosedChild['lost'] },
): Judgement {
  const { seen, topology } = around;
  const from = new Set(callers.map(({ endpoint }) => endpoint));
  const calls = callsTo(child, seen).filter((one) => from.has(one.from));
  const connections = connectionsTo(child.endpoint, seen).filter((one) => from.has(one.from));
  const gateway = find(seen.observations, { probe: 'gateway-icmp', child: child.name });
  return {
    state: 'closed',
    found: {
      child,
      callers: callers.map(({ label }) => label),
      echoes: tally(calls).sent,
      connections: connections.length,
      ports: [...new Set(connections.flatMap(({ send }) => ('port' in send ? [send.port] : [])))],
      reachesLan: gateway.some((one) => isAnswered(one)),
      lost,
      rules: droppingWayIn(child.netns.inode, seen.facts),
      rulesOut: droppingWayOut(child.netns.inode, seen.facts),
      hostRules: droppingOnDevice(topology.host.inode, seen.facts),
    },
  };
}
