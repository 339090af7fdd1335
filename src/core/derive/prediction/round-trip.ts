// A packet from a namespace's own stack, there and back: its way out, who answers for the next hop, what the target makes of it.
import type { Neighbour } from '../../../model/neighbour.js';
import { oncePer } from '../../../model/once-per.js';
import type { Facts } from '../../../model/snapshot.js';
import {
  holdersOn,
  isHeldByOther,
  MOST_ENDS,
  stationsCalled,
  stationsOfNetns,
} from './find-stations.js';
import { askAcross, fromWire } from './layer-two.js';
import { answer, either, inTurn, silence, type Around, type Prediction } from './prediction.js';
import {
  announced,
  arpReception,
  echoReception,
  reversePath,
  wayBack,
  type Incoming,
} from './reception.js';
import { settle, type Candidate } from './settle.js';
import { areElsewhereToo, linkState, type Station } from './stations.js';
import { wayOut, type Stack } from './way-out.js';

export interface Packet {
  readonly stack: Stack;
  readonly target: string;
  /** SO_BINDTODEVICE. */
  readonly device?: string;
  /** Length of the IP packet, where it may not be fragmented. */
  readonly bytes?: number;
  readonly isTcp?: boolean;
  /** Mode of a child that only the container engine knows of. */
  readonly unseenMode?: Station['mode'];
}

/** A packet on its way: it has left by `out`. */
interface Trip extends Packet {
  readonly out: Station;
  readonly source: string | undefined;
  readonly nextHop: string;
  readonly around: Around;
}

export function roundTrip(packet: Packet, around: Around): Prediction {
  const { stack, target, device, bytes = 0 } = packet;
  const query = { dst: target, ...(device !== undefined && { device }) };
  const way = wayOut(stack, query, around.facts);
  if (way.kind === 'own') return answer('own-address');
  if (way.kind === 'none') return silence('no-route');
  const [out] = stationsCalled(around.topology, stack.netns.inode, way.dev);
  const { source, nextHop } = way;
  if (out === undefined) return either(nextHop === target ? 'routes-elsewhere' : 'router-decides');
  const trip = { ...packet, out, source, nextHop, around };
  return linkState(out) ?? (bytes > out.link.mtu ? silence('too-long') : cross(trip));
}

function cross(trip: Trip): Prediction {
  const { out, stack, nextHop, target, around } = trip;
  const all = holdersOn(around.topology, out.parent, nextHop);
  if (all.length > MOST_ENDS) return either('many-ends');
  const here = all.filter(({ netns }) => netns.inode !== stack.netns.inode);
  if (here.length === 0) return toLan(trip);
  const reached = settle(
    here.map((other) => candidate(trip, other)),
    ({ station: { link, content } }) =>
      content?.addresses.some(({ ifname, local }) => ifname === link.ifname && local === nextHop) ??
      false,
  );
  if (reached.outcome === 'silence' && areElsewhereToo(here, nextHop))
    return { ...reached, ...either('other-parent') };
  const isOnlyRouter = nextHop !== target && reached.outcome !== 'silence';
  return isOnlyRouter ? either('router-decides') : reached;
}

/** Nobody here has the next hop: what happens is up to the LAN, as far as frames come back in. */
function toLan(trip: Trip): Prediction {
  const { out, nextHop, target, unseenMode, around } = trip;
  const open = fromWire(out) ?? homecoming(trip, out);
  if (open !== undefined) return open;
  if (nextHop !== target) return either('router-decides');
  if (unseenMode !== undefined) return unseen(trip, unseenMode);
  const isOnOther = isHeldByOther(around.topology, target, trip.stack.netns);
  return either(isOnOther ? 'other-parent' : 'lan-decides');
}

function unseen({ out, around }: Trip, mode: Station['mode']): Prediction {
  const passes = askAcross(out, { mode }, around.reflects);
  return passes.outcome === 'answer' ? either('out-of-sight') : passes;
}

interface Other extends Candidate {
  readonly station: Station;
}

function candidate(trip: Trip, station: Station): Other {
  return { station, heard: hears(trip, station), result: () => delivered(trip, station) };
}

/** Does the station get to see what is sent to the next hop? Undefined: it does. */
function hears(trip: Trip, station: Station): Prediction | undefined {
  const { out, nextHop, stack, around } = trip;
  const across = (): Prediction | undefined => obstacle(askAcross(out, station, around.reflects));
  const fixed = fixedEntry(stack, out, nextHop);
  if (fixed !== undefined) {
    if (fixed !== station.mac) return silence('fixed-neighbour');
    // A private link drops broadcasts alone: frames to a MAC that is known already get through where they are reflected.
    const passes = across();
    const isOpen = passes?.reason === 'private-forbids' && around.reflects !== 'no';
    return linkState(station) ?? (isOpen ? either('private-forbids') : passes);
  }
  return inTurn([
    () => linkState(station),
    across,
    () =>
      hasStack(station) ? asked(station, askerIn(trip), nextHop, around.facts) : unknownStack(),
  ]);
}

function askerIn({ stack, out, source, nextHop }: Trip): string | undefined {
  return announced(stack, out.link.ifname, { target: nextHop, source });
}

function asked(
  station: Station & Stack,
  source: string | undefined,
  target: string,
  facts: Facts,
): Prediction | undefined {
  return arpReception(incomingAt(station, source, target), facts);
}

function incomingAt(
  station: Station & Stack,
  source: string | undefined,
  target: string,
): Incoming {
  return { stack: station, link: station.link.ifname, source, target };
}

function hasStack(station: Station): station is Station & Stack {
  return station.content !== undefined;
}

function unknownStack(): Prediction {
  return either('out-of-sight');
}

/** The packet is there: is it taken, and does the answer come home? */
function delivered(trip: Trip, station: Station): Prediction {
  if (!hasStack(station)) return unknownStack();
  const { facts, reflects } = trip.around;
  const incoming = incomingAt(station, trip.source, trip.target);
  const trouble = inTurn([
    () => reversePath(incoming, facts),
    () => (trip.isTcp === true ? either('target-decides') : echoReception(station)),
    () => obstacle(answered(trip, station, incoming)),
  ]);
  return trouble ?? across(askAcross(trip.out, station, reflects));
}

/** What makes it work, for the report. */
function across(passes: Prediction): Prediction {
  return passes.outcome === 'answer' ? passes : answer('reflected');
}

function answered(trip: Trip, station: Station, incoming: Incoming): Prediction {
  const { out, source, around } = trip;
  const back = wayBack(incoming, around.facts);
  if (back.kind === 'own') return silence('own-address-back');
  if (back.kind === 'none' || source === undefined) return silence('no-way-back');
  if (back.nextHop !== source) return either('returns-by-router');
  if (isSharedBy(trip, source)) return either('two-owners');
  if (back.dev === station.link.ifname) {
    const fixed = hasStack(station) ? fixedEntry(station, station, source) : undefined;
    if (fixed !== undefined && fixed !== out.mac) return silence('fixed-neighbour');
    // Whom it answers it has learnt from the question.
    return homecoming(trip, out) ?? answer('reflected');
  }
  const by = stationsCalled(around.topology, station.netns.inode, back.dev).find(
    ({ parent }) => parent === station.parent,
  );
  return by === undefined ? either('returns-elsewhere') : otherWayHome(trip, by);
}

function isSharedBy({ stack, out, around }: Trip, source: string): boolean {
  const { inode } = stack.netns;
  return isHeldByOther(around.topology, source, { inode, parent: out.parent });
}

/** It answers by another of its links on this parent, and has to ask for the sender there. */
function otherWayHome(trip: Trip, by: Station): Prediction {
  const { stack, source = '', target, around } = trip;
  const all = stationsOfNetns(around.topology, stack.netns.inode);
  if (all.length > MOST_ENDS) return either('many-ends');
  const mine = all.filter(({ parent }) => parent === by.parent);
  return settle(
    mine.map((station) => ({
      station,
      heard: inTurn([
        () => linkState(by),
        () => linkState(station),
        () => obstacle(askAcross(by, station, around.reflects)),
        () => (hasStack(station) ? asked(station, target, source, around.facts) : unknownStack()),
      ]),
      result: () => homecoming(trip, station) ?? answer('reflected'),
    })),
    ({ station }) => station.link.ifname === trip.out.link.ifname,
  );
}

/** The answer comes in by a link of the sender's. */
function homecoming(trip: Trip, by: Station): Prediction | undefined {
  const { stack, source, target, device, around } = trip;
  const link = by.link.ifname;
  if (device !== undefined && device !== link) return silence('bound-elsewhere');
  return reversePath({ stack, link, source: target, target: source ?? '' }, around.facts);
}

function obstacle(found: Prediction): Prediction | undefined {
  return found.outcome === 'answer' ? undefined : found;
}

/** MAC of an entry that nobody's ARP changes. */
function fixedEntry({ content }: Stack, { link }: Station, ip: string): string | undefined {
  return permanent(content.neighbours).find(({ dst, dev }) => dst === ip && dev === link.ifname)
    ?.lladdr;
}

const permanent = oncePer((neighbours: readonly Neighbour[]) =>
  neighbours.filter(({ state }) => state.includes('PERMANENT')),
);
