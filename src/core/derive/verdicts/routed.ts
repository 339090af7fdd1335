// Children that the host speaks to by a router or by another link. It matters only where somebody expects it to work.
import type { CheckContext, Wording } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Evidence, Undecided } from '../../../model/finding.js';
import type { Expectation, Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { hostRoute } from '../addressing/host-route.js';
import { shimsBetween } from './misled.js';
import { ipv4Of, isProbeable } from '../probing/probe-targets.js';
import { find, findAll, hostReach, tally, whyUnasked, type Reach } from './reach.js';
import { HOST } from '../../../model/finding.js';
import { listOf, parentSubject } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { howToAsk } from '../wording/how-to-ask.js';

interface Seen {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly expectations: readonly Expectation[];
}

/**
 * The way to a child that takes a router or another link, as text: `eth1 via 198.51.100.1`, empty without any route.
 * Undefined for a child whose way is a shim's matter or the parent's own, and where nobody expects the host to get there.
 */
export function routedWay(child: Child, parent: Parent, seen: Seen): string | undefined {
  const ip = ipv4Of(child)[0];
  if (!seen.expectations.includes('host-access') || ip === undefined || !isProbeable(child)) {
    return undefined;
  }
  const { addresses, links } = contentOf(seen.topology.host);
  if (addresses.some(({ local }) => local === ip)) return undefined;
  const { dev, gateway } = hostRoute(seen.topology, seen.facts, ip);
  // No route is no news where the routes themselves are not known.
  if (dev === undefined) return valueOf(seen.facts.routeLookups) === undefined ? undefined : '';
  if (gateway !== undefined) return `${dev} via ${gateway}`;
  const isShim = links.some(
    ({ ifname, linkinfo }) => ifname === dev && linkinfo?.info_kind === 'macvlan',
  );
  return isShim || dev === parent.name ? undefined : dev;
}

export interface Routed {
  readonly parent: Parent;
  /** Ways as {@link routedWay} has them, each once. */
  readonly ways: readonly string[];
  readonly lost: readonly Child[];
  readonly open: readonly Child[];
}

interface Member {
  readonly child: Child;
  readonly way: string;
  readonly reach: Reach;
}

/** Undefined when no child of the parent is reached that way. */
export function routedOn(parent: Parent, context: CheckContext): Routed | undefined {
  const all = parent.children.flatMap((child): Member[] => {
    const way = routedWay(child, parent, context);
    if (way === undefined) return [];
    const heard = hostReach(child, context);
    const wasAsked = find(context.observations, { probe: 'host-child-icmp', child: child.name });
    if (heard === 'answered') return [{ child, way, reach: heard }];
    const isLost = way === '' || (heard === 'silent' && wasAsked.length > 0);
    return [{ child, way, reach: isLost ? 'silent' : 'unknown' }];
  });
  if (all.length === 0) return undefined;
  const those = (wanted: Reach): Child[] =>
    all.filter(({ reach }) => reach === wanted).map(({ child }) => child);
  const ways = all.filter(({ reach }) => reach !== 'answered').map(({ way }) => way);
  return {
    parent,
    ways: [...new Set(ways)],
    lost: those('silent'),
    open: those('unknown'),
  };
}

function routedEvidence(
  { parent, lost }: Routed,
  { observations, ...seen }: CheckContext,
): Evidence[] {
  const says = lost.map((child) => {
    const way = routedWay(child, parent, seen);
    const ip = ipv4Of(child)[0] ?? child.label;
    return way === '' ? `no route leads to ${ip}` : `${ip} leaves by ${way ?? 'no link'}`;
  });
  const { sent } = tally(findAll(observations, 'host-child-icmp', lost));
  const routes = { from: 'routeLookups', says: `${listOf(says)}.` };
  if (sent === 0) return [routes];
  const whom = counted(lost.length, 'child', 'children');
  const echo = `${counted(sent, 'echo request')} from the host to ${whom} on ${parent.name} stayed unanswered.`;
  return [routes, { from: 'probe:host-child-icmp', says: echo }];
}

export interface RoutedData {
  readonly parent: string;
  readonly children: readonly string[];
  readonly ways: readonly string[];
  /** The host has an IPv4 address on the parent, in another subnet. */
  readonly hasAddress: boolean;
}

export function routedWording({ parent, children, ways, hasAddress }: RoutedData): Wording {
  const known = ways.filter((way) => way !== '');
  const [whom, their, them] =
    children.length === 1 ? ['child', 'its', 'it'] : ['children', 'their', 'them'];
  const where = hasAddress ? `in ${their} subnet on ${parent}` : `on ${parent}`;
  const fate =
    known.length === 0
      ? `It has no route to ${them}.`
      : `What it sends to ${them} goes by ${listOf(known)} and is not answered.`;
  return {
    what: `This host does not reach its own ${whom} on ${parent}: ${listOf(children)}.`,
    why: `The host has no address ${where}. ${fate}`,
    todo: `Give the host a shim on ${parent}, or see that the way by a router leads there and back.`,
  };
}

/** `web 192.0.2.50` */
export function namesAndIps(children: readonly Child[]): string[] {
  return children.map((child) => [child.label, ...ipv4Of(child).slice(0, 1)].join(' '));
}

/** The finding but for its code and its remedy. */
export function routedFinding(routed: Routed, context: CheckContext) {
  const { parent, lost, ways } = routed;
  const hasAddress = parent.addresses.some(({ family }) => family === 'inet');
  const data: RoutedData = { parent: parent.name, children: namesAndIps(lost), ways, hasAddress };
  return {
    subject: parentSubject(parent.name),
    data,
    within: [...shimsBetween(parent, context), HOST],
    evidence: routedEvidence(routed, context),
  };
}

export function routedLeftOpen(all: readonly Routed[], context: CheckContext): Undecided[] {
  return all
    .filter(({ lost, open }) => lost.length === 0 && open.length > 0)
    .map((one) => leftOpen(one, context));
}

function leftOpen({ parent, open, ways }: Routed, context: CheckContext): Undecided {
  const why = whyUnasked(open, context);
  const whom = listOf(open.map(({ label }) => label));
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `whether the host reaches ${whom} by ${listOf(ways)} was not seen: ${why}${howToAsk(context)}`,
  };
}
