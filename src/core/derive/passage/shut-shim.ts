// Shims whose host takes nothing from the children: ARP is answered, and neither ping nor connection.
import type { DroppingRule } from '../../../model/filter.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Child, Parent, Shim, Topology } from '../../../model/topology.js';
import { activeShims } from '../verdicts/shim-service.js';
import { errorsOf, find, findTo, tally, type Seen } from '../verdicts/reach.js';
import { predict } from '../prediction/predict.js';
import { listOf } from '../wording/victims.js';
import { droppingWayIn, filterEvidence } from './filters.js';
import { LEAST_REQUESTS } from './gateway-echo.js';
import { shimCalls, type ShimCall } from './shim-calls.js';
import { connectionsTo, hasMetByArp, isBelievable, type Vantage } from './vantages.js';

export interface ShutShim {
  readonly shim: Shim;
  /** Children that called in vain, and that others answer. */
  readonly shutOut: readonly Child[];
  /** The shim's address that they called. */
  readonly ip: string;
  readonly echoes: number;
  readonly connections: number;
  readonly ports: readonly number[];
  /** The host reaches children by the shim all the same: what it asks for itself gets in. */
  readonly hostReaches: boolean;
  readonly rules: readonly DroppingRule[];
}

interface Verdict {
  readonly shut: readonly ShutShim[];
  readonly open: readonly { readonly shim: Shim; readonly reason: string }[];
}

export function shutShims(parent: Parent, topology: Topology, seen: Seen): Verdict {
  const verdicts = activeShims(parent).map((shim) => judge(shim, { parent, topology, seen }));
  return {
    shut: verdicts.flatMap((verdict) => (verdict?.state === 'shut' ? [verdict.found] : [])),
    open: verdicts.flatMap((verdict) => (verdict?.state === 'open' ? [verdict] : [])),
  };
}

interface Around {
  readonly parent: Parent;
  readonly topology: Topology;
  readonly seen: Seen;
}

type Judgement =
  | { readonly state: 'shut'; readonly found: ShutShim }
  | { readonly state: 'open'; readonly shim: Shim; readonly reason: string }
  | undefined;

function judge(shim: Shim, { parent, topology, seen }: Around): Judgement {
  const calls = shimCalls(shim, parent, { ...seen, topology });
  const to = `shim:${shim.name}`;
  const connections = connectionsTo(to, seen);
  const all = [...calls.map(({ observation }) => observation), ...connections];
  const rules = droppingWayIn(topology.host.inode, seen.facts);
  // Whoever is let in proves that the host has no wall against all of them.
  if (all.some((one) => isAnswered(one))) return leftOut(shim, calls, { topology, seen, rules });
  const silent = calls.filter(
    ({ child, observation }) =>
      isSilent(observation) && hasMetByArp(vantageOf(child), shim, seen) === true,
  );
  const trusted = silent.filter(
    ({ child }) => isBelievable(vantageOf(child), seen) || rules.length > 0,
  );
  const [first] = trusted;
  if (first === undefined) {
    return silent.length === 0
      ? undefined
      : { state: 'open', shim, reason: whoseFilter(shim, silent) };
  }
  if (!connections.some((one) => isSilent(one))) {
    const why = errorsOf(connections)[0] ?? 'none was tried';
    const reason = `${first.ip} on ${shim.name} answers no ping of the children; whether it takes connections is not known: ${why}`;
    return { state: 'open', shim, reason };
  }
  const shutOut = trusted.map(({ child }) => child);
  return {
    state: 'shut',
    found: {
      shim,
      shutOut,
      ip: first.ip,
      echoes: tally(trusted.map(({ observation }) => observation)).sent,
      connections: connections.length,
      ports: [...new Set(connections.flatMap(({ send }) => ('port' in send ? [send.port] : [])))],
      hostReaches: shutOut.some(({ name }) =>
        find(seen.observations, { probe: 'shim-child-icmp', child: name }).some((one) =>
          isAnswered(one),
        ),
      ),
      rules,
    },
  };
}

interface LeftOutSeen {
  readonly topology: Topology;
  readonly seen: Seen;
  readonly rules: readonly DroppingRule[];
}

/**
 * Single children that neither answer the host by the shim nor are answered, and that siblings reach: it is about the
 * two. A host that only takes no calls of theirs may mean it so.
 */
function leftOut(
  shim: Shim,
  calls: readonly ShimCall[],
  { topology, seen, rules }: LeftOutSeen,
): Judgement {
  const ones = calls.filter(
    ({ child, observation }) =>
      isSilent(observation) &&
      observation.sent >= LEAST_REQUESTS &&
      predict(observation, { topology, facts: seen.facts, reflects: 'unknown' }).outcome ===
        'answer' &&
      isHeardBySiblings(child, seen),
  );
  return ones.length === 0
    ? undefined
    : { state: 'open', shim, reason: whoseAffair(shim, ones, rules) };
}

/** By them, and not by the host. */
function isHeardBySiblings(child: Child, seen: Seen): boolean {
  const isOfHost = ({ from }: Observation): boolean => from === 'host' || from.startsWith('shim:');
  const answered = findTo(seen.observations, child.endpoint).filter((one) => isAnswered(one));
  return answered.length > 0 && !answered.some((one) => isOfHost(one));
}

function whoseAffair(
  shim: Shim,
  ones: readonly ShimCall[],
  rules: readonly DroppingRule[],
): string {
  const names = listOf(ones.map(({ child }) => child.label));
  const read = filterEvidence('on the host', rules).map(({ says }) => ` (read ${says})`);
  return `the host and ${names} do not reach each other by ${shim.name}, and others do: most likely by a packet filter that names the address, on the host${read.join('')} or inside ${names}; \`nft list ruleset\` shows it, here and there`;
}

function vantageOf(child: Child): Vantage {
  return { end: child, endpoint: child.endpoint, label: child.label, netns: child.netns.inode };
}

function whoseFilter(shim: Shim, silent: readonly ShimCall[]): string {
  const names = silent.map(({ child }) => child.label).join(', ');
  return `${shim.name} answers nothing of ${names}, and ${names} got no answer from anybody else either: the packet filter may be the host's or theirs; \`nft list ruleset\` on the host shows it`;
}
