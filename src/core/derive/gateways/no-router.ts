// Gateways where somebody answers who does not forward: tried with packets, or looked up where it is one of ours.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence } from '../../../model/finding.js';
import { isAnswered, isSilent } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { hostAddress, hostGatewayReach } from '../addressing/host-gateway.js';
import { strangersIn } from '../owners/strangers.js';
import { ipv4Of, isProbeable } from '../probing/probe-targets.js';
import { contentOf } from '../topology/content.js';
import { find, tally } from '../verdicts/reach.js';
import { groupBy } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { forwards, relaysOf, suspectOf, type Suspect } from './forwarding.js';
import { othersOn } from './nobody.js';

/** Another machine than the host's router, which let every packet die. */
export interface NoRouter extends Suspect {
  readonly evidence: readonly Evidence[];
}

export function noRouters(parent: Parent, context: CheckContext): NoRouter[] {
  return othersOn(parent, context)
    .flatMap((other) => suspectOf(other, context) ?? [])
    .filter((suspect) => forwards(suspect, context) === 'no')
    .map((suspect) => ({ ...suspect, evidence: relayEvidence(suspect, context) }));
}

function relayEvidence(suspect: Suspect, context: CheckContext): Evidence[] {
  const { gateway, own, mac, ownMac } = suspect;
  const { relayed, direct, control } = relaysOf(suspect, context);
  const heard = tally(direct);
  const short = relayed.filter(({ send }) => send.kind === 'relay' && send.ttl === 1);
  const fast = heard.rttMs === undefined ? '' : ` in ${heard.rttMs.toFixed(1)} ms`;
  return [
    {
      from: 'probe:gateway-arp-parent',
      says: `${gateway} answers ARP with ${mac}, and ${own}, this host's own gateway, with ${ownMac}`,
    },
    {
      from: 'probe:gateway-relay',
      says: `${counted(tally(relayed).sent, 'packet')} for ${own} that ${gateway} was handed came to nothing, nor did it say of ${tally(short).sent} of them that their time was exceeded`,
    },
    { from: 'probe:gateway-relay', says: `sent to ${own} directly, they were answered${fast}` },
    ...(control.some((one) => isAnswered(one))
      ? [
          {
            from: 'probe:gateway-relay' as const,
            says: `${gateway} itself, asked at the same time, did answer`,
          },
        ]
      : []),
  ];
}

/** A gateway of ours: that it does not forward is no guess. */
export interface IdleOwner {
  readonly parent: Parent;
  readonly gateway: string;
  readonly users: readonly Child[];
  readonly owner: string;
  readonly evidence: readonly Evidence[];
}

interface Owned {
  readonly name: string;
  readonly where: string;
}

/** A child of another namespace, or the host itself where the child gets through to it. */
export function idleOwners(parent: Parent, context: CheckContext): IdleOwner[] {
  const pairs = parent.children
    .filter((child) => isProbeable(child))
    .flatMap((child) => child.gateways.map((gateway) => ({ child, gateway })))
    .filter(({ child, gateway }) => !isCutOff(child, gateway, context));
  return groupBy(pairs, ({ gateway }) => gateway).flatMap(([gateway, group]) => {
    const users = group.map(({ child }) => child);
    const owned = ownerOf(gateway, users, context);
    if (owned === undefined || isContested(gateway, parent, context)) return [];
    const says = `net.ipv4.conf.${owned.where}.forwarding of ${owned.name} is 0`;
    const evidence = [{ from: 'namespaces', says }];
    return [{ parent, gateway, users, owner: owned.name, evidence }];
  });
}

/** Then it is not even reached, and that has a cause of its own. */
function isCutOff(child: Child, target: string, context: CheckContext): boolean {
  const asked = find(context.observations, { probe: 'gateway-icmp', child: child.name, target });
  return asked.some((one) => isSilent(one)) && !asked.some((one) => isAnswered(one));
}

/** A machine on the LAN has the address too, most likely the router itself: who took it from it is another matter. */
function isContested(gateway: string, parent: Parent, context: CheckContext): boolean {
  return (['host-child-arp', 'shim-address-arp'] as const)
    .flatMap((probe) => find(context.observations, { probe, parent: parent.name, target: gateway }))
    .flatMap((asked) => strangersIn(asked, parent, context))
    .some(({ standing }) => standing !== 'proxy');
}

function ownerOf(
  gateway: string,
  users: readonly Child[],
  context: CheckContext,
): Owned | undefined {
  const { topology } = context;
  const onHost = hostAddress(gateway, context);
  if (onHost !== undefined) {
    const isReached = users.some(
      (child) => hostGatewayReach(child, gateway, context) === 'answered',
    );
    const settings = contentOf(topology.host).ipv4?.links[onHost.ifname];
    return isReached && settings?.forwarding === 0
      ? { name: 'this host', where: onHost.ifname }
      : undefined;
  }
  const owners = topology.parents
    .flatMap(({ children }) => children)
    .filter((child) => ipv4Of(child).includes(gateway))
    .filter(({ netns }) => users.every((user) => user.netns.inode !== netns.inode));
  const [owner] = owners;
  // Two owners of one address are a matter of their own.
  if (owner === undefined || owners.length > 1) return undefined;
  const settings = contentOf(owner.netns).ipv4?.links[owner.link.ifname];
  return settings?.forwarding === 0 ? { name: owner.label, where: owner.link.ifname } : undefined;
}
