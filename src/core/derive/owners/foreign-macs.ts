// A device on the LAN with the MAC of a child: it answers by the wire, where the child itself is never heard.
import { valueOf } from '../../../model/fact.js';
import { indexBy } from '../../../model/index-by.js';
import { isUnresolved, type Neighbour } from '../../../model/neighbour.js';
import type { Observation } from '../../../model/observation.js';
import { oncePer } from '../../../model/once-per.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { isIpv4 } from '../addressing/subnets.js';
import { contentOf, hostIps } from '../topology/content.js';
import { reflects } from '../verdicts/reach.js';
import { groupBy } from '../wording/victims.js';
import { isHeldIn } from './holders.js';
import { linksWith, type Look } from './links-here.js';
import { wholeTopology } from '../topology/topology.js';

/** An address that the MAC of a child stands for. */
export interface Suspect {
  readonly child: Child;
  readonly ip: string;
  /** Whose table says so. */
  readonly table: string;
}

/** Entries of one parent that are asked about at the most. */
export const MOST_SUSPECTS = 4;
/** Addresses that an ordinary device has at the most. */
const MOST_OF_ONE_DEVICE = 2;

/**
 * Entries of the host and of the children on the parent in which a child's MAC stands for an address that is nobody's
 * here: a device, or what that child itself once had. Asked for from the parent, only a device can answer.
 */
export function suspectsOn(parent: Parent, look: Look): Suspect[] {
  const byMac = new Map(ownMacs(parent, look).map((child) => [child.mac, child]));
  const places = new Set(parent.children.map(({ netns }) => netns));
  const inside = [...places].flatMap((netns) => contentOf(netns).addresses);
  const own = new Set(inside.map(({ local }) => local));
  const isHere = (ip: string): boolean => own.has(ip) || hostIps(look.topology).has(ip);
  const found = tablesOn(parent, look).flatMap(({ table, entries }) =>
    entries.flatMap((entry): Suspect[] => {
      const child = byMac.get(entry.lladdr ?? '');
      if (child === undefined || isUnresolved(entry)) return [];
      if (!isIpv4(entry.dst) || isHere(entry.dst)) return [];
      return [{ child, ip: entry.dst, table }];
    }),
  );
  const once = [...new Map(found.map((one) => [one.ip, one])).values()];
  // One MAC for many addresses is how a router looks that answers for others (proxy ARP).
  return groupBy(once, ({ child }) => child.name).flatMap(([, ones]) =>
    ones.length > MOST_OF_ONE_DEVICE ? [] : ones,
  );
}

/**
 * Children whose MAC is theirs alone: a passthru child has the parent's, two links of a bond have one, and what is behind
 * a macvtap is out of sight.
 */
function ownMacs(parent: Parent, look: Look): Child[] {
  const byMac = childrenByMac(wholeTopology(look.facts));
  return parent.children.filter(
    ({ isTap, mode, mac, netns }) =>
      !isTap &&
      mode !== 'passthru' &&
      mac !== '' &&
      byMac.get(mac)?.length === 1 &&
      linksWith(mac, look).every((one) => one.netns.inode === netns.inode),
  );
}

const childrenByMac = oncePer(({ parents }: Topology) =>
  indexBy(
    parents.flatMap(({ children }) => children),
    ({ mac }) => mac,
  ),
);

interface Table {
  readonly table: string;
  readonly entries: readonly Neighbour[];
}

function tablesOn(parent: Parent, { topology, facts }: Look): Table[] {
  const after = valueOf(facts.neighboursAfter) ?? {};
  const devices = new Set([parent.name, ...parent.shims.map(({ name }) => name)]);
  const { inode } = topology.host;
  const own = [...contentOf(topology.host).neighbours, ...(after[inode.toString()] ?? [])];
  return [
    { table: 'this host', entries: own.filter(({ dev }) => devices.has(dev)) },
    ...parent.children.map(({ label, link, neighbours, netns }) => ({
      table: label,
      entries: [...neighbours, ...(after[netns.inode.toString()] ?? [])].filter(
        ({ dev }) => dev === link.ifname,
      ),
    })),
  ];
}

/** An answer that came in by the wire from a child's MAC. */
export interface ForeignAnswer {
  readonly child: Child;
  readonly asked: Observation;
  /** It was for the child's own address: a copy of the whole child, as of one container started on two hosts. */
  readonly isCopy: boolean;
}

export interface ForeignAnswers {
  readonly certain: readonly ForeignAnswer[];
  /** Of several children at once: a switch that reflects would look the same. */
  readonly open: readonly ForeignAnswer[];
}

/** Where the switch reflects, or where that is not known, the child itself may have answered. */
export function foreignAnswers(parent: Parent, look: Look): ForeignAnswers {
  if (reflects(parent, look) !== 'no') return { certain: [], open: [] };
  const asked = askedBy(parent, look);
  const heard = indexBy(
    asked.flatMap((one) =>
      [...new Set(one.replies.map(({ mac }) => mac))].map((mac) => ({ mac, one })),
    ),
    ({ mac }) => mac,
  );
  const answers = ownMacs(parent, look).flatMap((child) =>
    (heard.get(child.mac) ?? []).map(({ one }) => ({
      child,
      asked: one,
      isCopy: isHeldIn(child.netns.inode, one.target, look),
    })),
  );
  const copies = new Set(answers.filter(({ isCopy }) => isCopy).map(({ child }) => child.name));
  const isOpen = ({ isCopy }: ForeignAnswer): boolean => isCopy && copies.size > 1;
  return {
    certain: answers.filter((one) => !isOpen(one)),
    open: answers.filter((one) => isOpen(one)),
  };
}

/** Suspects that nobody could be asked about, or whose answer might be the child's own. */
export function openSuspects(parent: Parent, look: Look): Suspect[] {
  const asked = new Set(
    askedBy(parent, look)
      .filter(({ send }) => send.kind === 'arp' && send.senderMac === parent.link.address)
      .map(({ target }) => target),
  );
  return suspectsOn(parent, look).filter(({ ip }) => !asked.has(ip));
}

/** ARP requests that went out by the parent itself, in whoever's name. */
function askedBy({ name }: Parent, { observations }: Pick<Look, 'observations'>): Observation[] {
  return observations.filter(
    ({ parent, send }) => parent === name && send.kind === 'arp' && send.netns === undefined,
  );
}
