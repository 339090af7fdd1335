// Routes of the host that lead to children by a macvlan link of another parent: those two exchange no frames by themselves.
import type { CheckContext, Wording } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Evidence, Subject, Undecided } from '../../../model/finding.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { contentOf, findLink, hostIps } from '../topology/content.js';
import { asleepOn, isolationOn } from './host-isolation.js';
import { hostRoute } from '../addressing/host-route.js';
import { ipv4Of, isProbeable } from '../probing/probe-targets.js';
import { find, findAll, hostReach, tally, whyUnasked, type Reach } from './reach.js';
import { activeShims, exchanges, isMeantForChildren } from './shim-service.js';
import { type About, groupBy, listOf, parentSubject } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { howToAsk } from '../wording/how-to-ask.js';

/** A macvlan link of the host's, wherever it sits, and the table that leads there. */
export interface Elsewhere {
  readonly shim: string;
  /** ifname of what it sits on. */
  readonly shimParent: string;
  readonly table: string | undefined;
}

/** By which macvlan link of another parent the host's packets to the address leave, when no router is on the way. */
export function shimElsewhere(
  ip: string,
  parent: Parent,
  { topology, facts }: { readonly topology: Topology; readonly facts: Facts },
): Elsewhere | undefined {
  const { dev, table, gateway } = hostRoute(topology, facts, ip);
  if (dev === undefined || gateway !== undefined) return undefined;
  // Its parent may lie outside the scope of the run: the links know it all the same.
  const link = findLink(contentOf(topology.host).links, dev);
  const below = link?.linkinfo?.info_kind === 'macvlan' ? link.link : undefined;
  if (typeof below !== 'string' || below === parent.name) return undefined;
  return { shim: dev, shimParent: below, table };
}

export interface MisledChild {
  readonly child: Child;
  readonly ip: string;
}

/** Children of one parent whose routes lead into one link of another parent. */
export interface Misled extends Elsewhere {
  readonly parent: Parent;
  /** The host's echo was not answered: what it sends by that link does not come round to them. */
  readonly lost: readonly MisledChild[];
  /** Nobody asked, or the asking went wrong. */
  readonly open: readonly MisledChild[];
}

/** Children that a shim of their own parent could serve are left to that shim. */
export function misledOn(parent: Parent, context: CheckContext): Misled[] {
  const led = parent.children.flatMap((child) => {
    const ip = ipv4Of(child)[0];
    if (ip === undefined || !isProbeable(child) || hasShimOfItsOwn(child, parent, context)) {
      return [];
    }
    const elsewhere = shimElsewhere(ip, parent, context);
    const reach = reachBy(elsewhere?.shim, { child, ip }, context);
    return elsewhere === undefined ? [] : [{ ...elsewhere, child, ip, reach }];
  });
  return groupBy(led, ({ shim, table }) => `${shim} ${table ?? ''}`).flatMap(([, members]) => {
    const [first] = members;
    if (first === undefined) return [];
    const { shim, shimParent, table } = first;
    const those = (wanted: Reach): MisledChild[] =>
      members.filter(({ reach }) => reach === wanted).map(({ child, ip }) => ({ child, ip }));
    return [{ shim, shimParent, table, parent, lost: those('silent'), open: those('unknown') }];
  });
}

function hasShimOfItsOwn(child: Child, parent: Parent, context: CheckContext): boolean {
  return activeShims(parent).some((shim) => exchanges(shim, child, context) === 'yes');
}

/** Two parents may hang on one LAN, and then it works; a child that drops pings has still given its MAC. */
function reachBy(
  device: string | undefined,
  { child, ip }: MisledChild,
  context: CheckContext,
): Reach {
  const table = valueOf(context.facts.neighboursAfter)?.[context.topology.host.inode.toString()];
  const isMet = (table ?? []).some(
    ({ dst, dev, lladdr }) => dst === ip && dev === device && lladdr === child.mac,
  );
  if (isMet) return 'answered';
  // The parent's ARP is silent by design; whether the route works, the host's own echo tells.
  const wasAsked = find(context.observations, { probe: 'host-child-icmp', child: child.name });
  return wasAsked.length === 0 ? 'unknown' : hostReach(child, context);
}

/** Routes in another table than main are past what commands for table main can mend. */
export function isInMain({ table }: Misled): boolean {
  return table === undefined || table === 'main';
}

/** Subject names of all that a new shim on the parent should serve: a further one would not be better. */
export function inNeedOfShim({ parent, lost }: Misled, context: CheckContext): string[] {
  const { apart } = isolationOn(parent, context);
  return [...lost.map(({ child }) => child), ...apart, ...asleepOn(parent)].map(({ name }) => name);
}

/** The finding but for its code and its remedy. */
export function misledFinding(misled: Misled, context: CheckContext) {
  const { parent, lost, shim, shimParent, table } = misled;
  const children = lost.map(({ child }) => child.label);
  const data: OtherParent = { shim, shimParent, parent: parent.name, children };
  const elsewhere = `These routes are in table ${table ?? 'main'}, which a policy rule has asked before table main: lead them into a shim on ${parent.name} there.`;
  return {
    ...aboutMisled(misled),
    data,
    evidence: misledEvidence(misled, context),
    advice: isInMain(misled) ? [] : [elsewhere],
  };
}

export function undecidedOf(all: readonly Misled[], context: CheckContext): Undecided[] {
  return all
    .filter(({ lost, open }) => lost.length === 0 && open.length > 0)
    .map((one) => ({ ...aboutMisled(one), reason: whyOpen(one, context) }));
}

export interface OtherParent {
  readonly shim: string;
  readonly shimParent: string;
  readonly parent: string;
  readonly children: readonly string[];
}

export function wordingOf({ shim, shimParent, parent, children }: OtherParent): Wording {
  const [routes, are] = children.length === 1 ? ['route', 'is'] : ['routes', 'are'];
  const lead = children.length === 1 ? 'leads' : 'lead';
  const whom = listOf(children);
  return {
    what: `The host's ${routes} to ${whom} ${lead} into ${shim}, which sits on ${shimParent}; ${whom} ${are} on ${parent}.`,
    why: `A shim exchanges frames with children of its own parent alone. What the host sends by ${shim} goes out by ${shimParent}, and nothing came back.`,
    todo: `Give the host a shim on ${parent}, and lead those routes into it.`,
  };
}

/** Shims that stand between the host and children of the parent: its own that are for them, and those of others that hold their routes. */
export function shimsBetween(parent: Parent, context: CheckContext): Subject[] {
  const names = [
    ...parent.shims.filter((shim) => isMeantForChildren(shim, parent)).map(({ name }) => name),
    ...misledOn(parent, context).map(({ shim }) => shim),
  ];
  return names.map((name) => ({ kind: 'shim', name }));
}

/** Shims in between, those of other parents that hold routes to siblings, and the gateway where the gap shows as one that is the host. */
export function partsBetween(
  parent: Parent,
  all: readonly Child[],
  context: CheckContext,
): Subject[] {
  const own = hostIps(context.topology);
  const isBehindHost = all.every(({ gateways }) => gateways.some((gateway) => own.has(gateway)));
  return [
    ...shimsBetween(parent, context),
    ...(isBehindHost
      ? all.flatMap(({ gateways }) => gateways.map((name): Subject => ({ kind: 'gateway', name })))
      : []),
  ];
}

/** Whatever ails one of the two parents explains the silence. */
function aboutMisled({ shim, shimParent, parent }: Misled): About {
  const within = [parentSubject(shimParent), parentSubject(parent.name)];
  return { subject: { kind: 'shim', name: shim }, within };
}

function misledEvidence(
  { shim, shimParent, parent, lost }: Misled,
  { observations, facts }: CheckContext,
): Evidence[] {
  const asked = lost.map(({ child }) => child);
  const { sent } = tally(findAll(observations, 'host-child-icmp', asked));
  const from = valueOf(facts.routeLookups) === undefined ? 'routes' : 'routeLookups';
  const whom = counted(lost.length, 'child', 'children');
  return [
    { from, says: `${listOf(lost.map(({ ip }) => `${ip} leaves by ${shim}`))}.` },
    { from: 'links', says: `${shim} is a macvlan link on ${shimParent}, not on ${parent.name}.` },
    {
      from: 'probe:host-child-icmp',
      says: `${counted(sent, 'echo request')} from the host to ${whom} on ${parent.name} stayed unanswered.`,
    },
  ];
}

function whyOpen({ shim, shimParent, open }: Misled, context: CheckContext): string {
  const children = open.map(({ child }) => child);
  const why = whyUnasked(children, context);
  return `whether the host reaches ${listOf(children.map(({ label }) => label))} by ${shim}, which sits on another parent (${shimParent}), was not seen: ${why}${howToAsk(context)}`;
}
