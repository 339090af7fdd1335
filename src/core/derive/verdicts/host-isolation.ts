// Which children the host cannot reach because macvlan keeps a parent and its children apart, and nothing else.
import type { CheckContext } from '../../../model/check.js';
import { isAdminUp } from '../../../model/link.js';
import type { Evidence, Undecided } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { hostRouteDevice, lookupOf } from '../addressing/host-route.js';
import { ipv4Of, isProbeable } from '../probing/probe-targets.js';
import { findAll, hostReach, reflects, tally, whyUnasked, type Seen } from './reach.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { HOST } from '../../../model/finding.js';
import { listOf, parentSubject } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { howToAsk } from '../wording/how-to-ask.js';

/** How one parent stands, child by child. */
export interface Isolation {
  readonly parent: Parent;
  /** All children that it is about. */
  readonly concerned: readonly Child[];
  /** Seen to be apart, in bridge mode: a shim would reach them. */
  readonly apart: readonly Child[];
  /** Seen to be apart, in private mode: no shim reaches them. */
  readonly beyond: readonly Child[];
  /** Nobody asked, or the asking went wrong. */
  readonly open: readonly Child[];
}

/**
 * Only children that the host would speak to directly by the parent. What takes a shim is the shim's matter, what takes a
 * router is routing's, and vepa children depend on the switch: other checks look at those.
 */
export function isolationOn(parent: Parent, context: CheckContext): Isolation {
  const concerned = parent.children.filter((child) => isSpokenToDirectly(child, parent, context));
  // What is only planned cannot be asked: the model says what would be.
  const reachOf = (child: Child) =>
    child.netns.isPlanned === true ? 'silent' : hostReach(child, context);
  // Behind a reflecting port a bridge child and its host do talk; silence then has another reason.
  const isExplained = (child: Child): boolean =>
    child.mode === 'private' || reflects(parent, context) !== 'yes';
  const silent = concerned.filter((child) => reachOf(child) === 'silent' && isExplained(child));
  return {
    parent,
    concerned,
    apart: silent.filter(({ mode }) => mode === 'bridge'),
    beyond: silent.filter(({ mode }) => mode === 'private'),
    open: concerned.filter((child) => reachOf(child) === 'unknown'),
  };
}

function isSpokenToDirectly(child: Child, parent: Parent, context: CheckContext): boolean {
  const isOrdinary = child.mode === 'bridge' || child.mode === 'private';
  const ip = ipv4Of(child)[0];
  if (!isOrdinary || ip === undefined || !isProbeable(child)) return false;
  const lookup = lookupOf(ip, context.facts);
  if (lookup !== undefined) return lookup.dev === parent.name && lookup.gateway === undefined;
  if (hostRouteDevice(context.topology, context.facts, ip) !== parent.name) return false;
  return parent.addresses.some(
    ({ family, local, prefixlen }) =>
      family === 'inet' && contains(networkOf(local, prefixlen), ip),
  );
}

/** Children that are down have nobody apart now; once up, they would be the ones that a new shim forgot. */
export function asleepOn(parent: Parent): Child[] {
  const nets = parent.addresses.map(({ local, prefixlen }) => networkOf(local, prefixlen));
  return parent.children.filter(
    (child) =>
      child.mode === 'bridge' &&
      !child.isTap &&
      !isAdminUp(child.link) &&
      ipv4Of(child).some((ip) => nets.some((net) => contains(net, ip))),
  );
}

/** What the probes sent in vain, with numbers. */
export function isolationEvidence(
  parent: Parent,
  all: readonly Child[],
  { observations, facts }: CheckContext,
): Evidence[] {
  if (all.every(({ netns }) => netns.isPlanned === true)) {
    return [plannedEvidence(parent, all, { observations, facts })];
  }
  const sentBy = (probe: 'host-child-icmp' | 'host-child-arp'): number =>
    tally(findAll(observations, probe, all)).sent;
  const icmp = sentBy('host-child-icmp');
  const arp = sentBy('host-child-arp');
  const isOne = all.length === 1;
  const modes = [...new Set(all.map(({ mode }) => mode))].sort().join(' and ');
  const whom = `${counted(all.length, 'child', 'children')} on ${parent.name}`;
  const requests = counted(arp, 'ARP request');
  // Where there are very many children, ARP alone is spoken: the kernel's neighbour table would overflow.
  const byArp =
    icmp === 0
      ? `${requests} of the host for the ${isOne ? 'address' : 'addresses'} of ${whom} stayed unanswered`
      : `so did ${requests} for ${isOne ? 'its address' : 'their addresses'}, sent by ${parent.name}`;
  return [
    ...(icmp === 0
      ? []
      : [
          {
            from: 'probe:host-child-icmp',
            says: `${counted(icmp, 'echo request')} from the host to ${whom} stayed unanswered`,
          },
        ]),
    ...(arp === 0 ? [] : [{ from: 'probe:host-child-arp', says: byArp }]),
    {
      from: 'links',
      says: `${isOne ? 'it is' : 'they are'} in ${modes} mode, and the host's route to ${isOne ? 'it' : 'them'} is ${parent.name} itself`,
    },
  ];
}

/** No probe tells of what does not exist yet; what the switch does is all that could change the model's word. */
function plannedEvidence(parent: Parent, all: readonly Child[], seen: Seen): Evidence {
  const modes = [...new Set(all.map(({ mode }) => mode))].sort().join(' and ');
  const port =
    reflects(parent, seen) === 'no'
      ? 'whose port does not: what it was sent did not come back'
      : 'which few do; it was not asked';
  return {
    from: 'prediction',
    says: `a parent hands no frame to its own children in ${modes} mode, nor they to it, unless the switch sends it back, ${port}`,
  };
}

/** Why nothing is said of children that nobody asked, and how to get it said. */
export function isolationLeftOpen({ parent, open }: Isolation, context: CheckContext): Undecided {
  const why = whyUnasked(open, context);
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `whether the host reaches ${listOf(open.map(({ label }) => label))} was not seen: ${why}; by macvlan's design it does not, unless the switch port reflects${howToAsk(context)}`,
  };
}
