// Addresses with two owners: which children share one with a sibling, with the host, or with a device on the LAN.
import { settingInForce } from '../../../model/netns.js';
import { valueOf } from '../../../model/fact.js';
import { indexBy } from '../../../model/index-by.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import type { RuntimeEndpoint } from '../../../model/runtime-network.js';
import type { Child, Parent } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { find } from '../verdicts/reach.js';
import { groupBy } from '../wording/victims.js';
import { claimOf, isSpare, mayAnswer, type Claim } from './claims.js';
import {
  holdersHere,
  holdingsOf,
  holdingsOfChildren,
  type Holder,
  type Holding,
} from './holders.js';
import { macsHere, type Look } from './links-here.js';
import { wholeTopology } from '../topology/topology.js';
import { strangersIn, type Stranger } from './strangers.js';

/** One address on several children of one LAN. */
export interface SharedAddress {
  readonly ip: string;
  /** At least one, in different namespaces; those that only the engine knows of are `others`. */
  readonly children: readonly Child[];
  readonly others: readonly string[];
  /** Answers by which one child was heard on another's parent; none where they share a parent. */
  readonly heard: readonly Observation[];
  /** Two of them answer for it; or that is open, for all but one may keep silent about it. */
  readonly claim: Claim;
}

/**
 * On one parent they are on one LAN, whatever the mode lets them see of each other. On two parents only where the one was
 * heard to answer for the other: the same private subnet may well be there twice.
 */
export function sharedAddresses(look: Look): SharedAddress[] {
  const unseen = unseenContainers(look);
  const byIp = groupBy(holdingsOfChildren(look), ({ address }) => address.local);
  return byIp.flatMap(([ip, holdings]) => {
    const onParents = groupBy(holdings, ({ child }) => child.parent);
    const shared = onParents.flatMap(([parent, here]): SharedAddress[] => {
      const children = onePerNetns(here).filter((child) => mayAnswer(child, ip, look));
      const others = unseen
        .filter((one) => one.parent === parent && hasIp(one.endpoint, ip))
        .map(({ name }) => name);
      if (children.length + others.length < 2) return [];
      return [withClaim({ ip, children, others, heard: [] }, look)];
    });
    return shared.length > 0 ? shared : acrossParents(ip, holdings, look);
  });
}

/**
 * Certain where two are: then those who may answer as well are no part of it. An address by which one of them alone is
 * reached is no virtual one, so that nobody else has it on purpose.
 */
function withClaim(shared: Omit<SharedAddress, 'claim'>, look: Look): SharedAddress {
  const { ip, children, others } = shared;
  const isVirtual = others.length === 0 && children.every((child) => isSpare(child, ip));
  const sure = children.filter((child) => claimOf(child, ip, look) === 'certain' || !isVirtual);
  return sure.length + others.length < 2
    ? { ...shared, claim: 'open' }
    : { ...shared, children: sure, claim: 'certain' };
}

function onePerNetns(holdings: readonly Holding[]): Child[] {
  const first = new Map<number, Child>();
  for (const { child } of holdings) {
    if (!first.has(child.netns.inode)) first.set(child.netns.inode, child);
  }
  return [...first.values()];
}

/** An address of a container that runs, and whose namespace was not looked into. */
interface Unseen {
  readonly name: string;
  readonly parent: string | undefined;
  readonly endpoint: RuntimeEndpoint;
}

function unseenContainers({ facts }: Look): Unseen[] {
  const runtime = valueOf(facts.runtime);
  if (runtime === undefined) return [];
  const networks = new Map(
    runtime.networks.filter(({ driver }) => driver === 'macvlan').map((one) => [one.id, one]),
  );
  const seen = new Set(
    wholeTopology(facts).parents.flatMap(({ children }) =>
      children.flatMap(({ container }) => container?.id ?? []),
    ),
  );
  return runtime.containers
    .filter(({ id, state }) => state === 'running' && !seen.has(id))
    .flatMap(({ name, endpoints }) =>
      endpoints.flatMap((endpoint): Unseen[] => {
        const network = networks.get(endpoint.networkId);
        return network === undefined ? [] : [{ name, parent: network.parent, endpoint }];
      }),
    );
}

function hasIp({ ipv4, ipv6 }: RuntimeEndpoint, ip: string): boolean {
  return [ipv4, ipv6].some((text) => text?.split('/')[0] === ip);
}

function acrossParents(ip: string, holdings: readonly Holding[], look: Look): SharedAddress[] {
  const children = onePerNetns(holdings);
  if (children.length < 2) return [];
  const heard = children.flatMap((child) => {
    const rivals = new Set(
      children
        .filter(({ name, parent }) => name !== child.name && parent !== child.parent)
        .map(({ mac }) => mac),
    );
    return askedFor(child, look)
      .filter(({ target }) => target === ip)
      .map((one) => ({ ...one, replies: one.replies.filter(({ mac }) => rivals.has(mac ?? '')) }))
      .filter(({ replies }) => replies.length > 0);
  });
  const macs = new Set(heard.flatMap(({ replies }) => replies.map(({ mac }) => mac)));
  const askers = new Set(heard.map(({ child }) => child));
  const proven = children
    .filter(({ name, mac }) => askers.has(name) || macs.has(mac))
    .filter((child) => macs.has(child.mac) || !isSilentAbout(child, ip, children, look));
  if (proven.length < 2) return [];
  const isSure = proven.every(
    (child) => macs.has(child.mac) || claimOf(child, ip, look) === 'certain',
  );
  return [{ ip, children: proven, others: [], heard, claim: isSure ? 'certain' : 'open' }];
}

/** On one LAN another's parent hears a child; it may keep silent about a spare address alone. */
function isSilentAbout(child: Child, ip: string, all: readonly Child[], look: Look): boolean {
  if (!mayAnswer(child, ip, look)) return true;
  const rivals = all.filter(({ parent }) => parent !== child.parent);
  const asked = rivals.flatMap((rival) =>
    askedFor(rival, look).filter(({ target }) => target === ip),
  );
  return isSpare(child, ip) && asked.some((one) => isAnswered(one) || isSilent(one));
}

export function askedFor(child: Child, { observations }: Look): Observation[] {
  return find(observations, { probe: 'host-child-arp', child: child.name });
}

/** A child's address that the host has as well. */
export interface HostAddress {
  readonly ip: string;
  readonly child: Child;
  /** ifname of the host's link. */
  readonly device: string;
  /** Of the child: whether it answers for the address. */
  readonly claim: Claim;
}

/**
 * In IPv4 the host answers on any link for any address of its own, unless arp_ignore says otherwise; in IPv6 on that link
 * alone (RFC 1122, 3.3.4.2: both models of a host are allowed). Shims on the child's parent are a matter of their own.
 */
export function hostAddresses(parent: Parent, look: Look): HostAddress[] {
  const own = ofHost(holdersHere(look));
  const { ipv4 } = contentOf(look.topology.host);
  const ignores = settingInForce(ipv4, parent.name, 'arp_ignore');
  const shims = new Set(parent.shims.map(({ name }) => name));
  return parent.children.flatMap((child) =>
    holdingsOf(child).flatMap(({ address }): HostAddress[] => {
      const claim = claimOf(child, address.local, look);
      const rivals = (own.get(address.local) ?? []).filter(({ link }) => !shims.has(link.ifname));
      const here = rivals.find(({ link }) => link.ifname === parent.name);
      const elsewhere = address.family === 'inet' && ignores === 0 ? rivals[0] : undefined;
      const device = (here ?? elsewhere)?.link.ifname;
      return device === undefined || claim === 'none'
        ? []
        : [{ ip: address.local, child, device, claim }];
    }),
  );
}

/** By address. */
const ofHost = oncePer((holders: readonly Holder[]) =>
  indexBy(
    holders.filter(({ netns }) => netns.isHost),
    ({ address }) => address.local,
  ),
);

/** A device on the LAN that answered for a child's address. */
export interface LanOwner extends Stranger {
  readonly child: Child;
  readonly asked: Observation;
  /** Of the child: whether it answers for the address, too. */
  readonly claim: Claim;
}

export function lanOwners(parent: Parent, look: Look): LanOwner[] {
  const known = macsHere(look);
  return parent.children.flatMap((child) =>
    askedFor(child, look).flatMap((asked) => {
      const claim = claimOf(child, asked.target, look);
      if (claim === 'none') return [];
      return strangersIn(asked, parent, look, known).map((one) => ({
        ...one,
        child,
        asked,
        claim,
      }));
    }),
  );
}

/** An IPv6 address that the kernel took out of use because somebody else had it (RFC 4862). */
export function failedDad(parent: Parent): { readonly child: Child; readonly ip: string }[] {
  return parent.children.flatMap((child) =>
    child.addresses
      .filter(({ family, dadfailed }) => family === 'inet6' && dadfailed === true)
      .map(({ local }) => ({ child, ip: local })),
  );
}

/** Who on this machine has an address that a child was refused: a sibling, or the host by the parent. */
export function holderOnParent(ip: string, child: Child, look: Look): string | undefined {
  const siblings = holdingsOfChildren(look).filter(
    (one) => one.child.parent === child.parent && one.child.netns.inode !== child.netns.inode,
  );
  const sibling = siblings.find(({ address }) => address.local === ip);
  if (sibling !== undefined) return sibling.child.label;
  const { addresses } = contentOf(look.topology.host);
  return addresses.some(({ local }) => local === ip) ? 'this host' : undefined;
}
