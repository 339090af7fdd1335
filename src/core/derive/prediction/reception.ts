// What a stack does with what comes in by one of its links: ARP settings, reverse path filtering, pings that it ignores.
import { settingInForce } from '../../../model/netns.js';
import type { Facts } from '../../../model/snapshot.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { either, silence, type Prediction } from './prediction.js';
import { addressNear, wayOut, type Stack, type Way } from './way-out.js';

/** A stack, the link that something comes in by, and where and for whom it comes from. */
export interface Incoming {
  readonly stack: Stack;
  /** ifname. */
  readonly link: string;
  /** Address of the asker; none in an ARP probe (RFC 5227). */
  readonly source: string | undefined;
  /** The stack's own address that it is for. */
  readonly target: string;
}

/** In force on the link; undefined where that was not read. */
type InForce = (name: Parameters<typeof settingInForce>[2]) => number;

function confOf({ stack, link }: Pick<Incoming, 'stack' | 'link'>): InForce | undefined {
  const { ipv4 } = stack.content;
  if (ipv4?.links[link] === undefined) return undefined;
  return (name) => settingInForce(ipv4, link, name);
}

/** Does the stack answer an ARP request? */
export function arpReception(incoming: Incoming, facts: Facts): Prediction | undefined {
  const conf = confOf(incoming);
  if (conf === undefined) return either('settings-unknown');
  if (isArpIgnored(incoming, conf('arp_ignore'))) return silence('arp-ignored');
  if (incoming.source === undefined) return undefined;
  const dropped = reversePath(incoming, facts);
  if (dropped !== undefined) return dropped;
  const isFiltered = conf('arp_filter') > 0;
  return isFiltered && backBy(wayBack(incoming, facts)) !== incoming.link
    ? silence('arp-ignored')
    : undefined;
}

/** arp_ignore: 1 and 2 want the address on this very link, 2 the asker in its subnet too, 8 answers nobody. */
function isArpIgnored({ stack, link, source, target }: Incoming, level: number): boolean {
  if (level === 8) return true;
  if (level !== 1 && level !== 2) return false;
  const here = stack.content.addresses.filter(
    ({ ifname, local }) => ifname === link && local === target,
  );
  if (level === 1 || source === undefined) return here.length === 0;
  return !here.some(({ local, prefixlen }) => contains(networkOf(local, prefixlen), source));
}

/** RFC 3704: strict (1) wants the route back to leave by the same link, loose (2) wants any route at all. */
export function reversePath(incoming: Incoming, facts: Facts): Prediction | undefined {
  const { stack, link, source } = incoming;
  if (source === undefined) return undefined;
  const back = wayBack(incoming, facts);
  const by = backBy(back);
  if (by === link) return undefined;
  const conf = confOf(incoming);
  // What claims to come from one of the stack's own addresses is dropped whatever the settings.
  if (back.kind === 'own') return silence('own-address-back');
  if (conf === undefined) return either('settings-unknown');
  const level = conf('rp_filter');
  const isDropped = level === 1 || (level > 1 && by === undefined);
  if (!isDropped) return undefined;
  return { ...silence('rp-filter'), dropped: { netns: stack.netns, link, source, backBy: by } };
}

/** Which of its addresses a stack asks with; arp_announce wants one of the link that it asks by. */
export function announced(
  stack: Stack,
  link: string,
  { target, source }: { readonly target: string; readonly source: string | undefined },
): string | undefined {
  const conf = confOf({ stack, link });
  const isLinks = conf !== undefined && conf('arp_announce') > 0;
  return isLinks ? addressNear(stack.content, link, target) : source;
}

/** By which way the stack would answer. */
export function wayBack({ stack, source, target }: Incoming, facts: Facts): Way {
  return source === undefined
    ? { kind: 'none' }
    : wayOut(stack, { dst: source, source: target }, facts);
}

function backBy(way: Way): string | undefined {
  return way.kind === 'link' ? way.dev : undefined;
}

/** Does the stack answer a ping? Filters (nftables) are outside the model. */
export function echoReception({ content }: Stack): Prediction | undefined {
  if (content.ipv4 === undefined) return either('settings-unknown');
  return content.ipv4.ignoresEcho ? silence('target-ignores-echo') : undefined;
}
