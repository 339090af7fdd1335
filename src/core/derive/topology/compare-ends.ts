// The order in which links of a parent are listed, the same with stand-ins as without.
import type { Link } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';

interface End {
  readonly name: string;
  readonly link: Link;
  readonly netns: Netns;
}

/** By name; where names are stand-ins, by the ones that they stand for. */
export function compareEnds(a: End, b: End): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  if (left !== undefined && right !== undefined) return left - right;
  return a.name < b.name ? -1 : 1;
}

function rankOf({ netns, link }: End): number | undefined {
  return netns.ranks?.[link.ifname];
}
