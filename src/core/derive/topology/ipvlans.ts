// ipvlan links of all namespaces on the host's links: named like children and kept apart from them, for they are none.
import { valueOf } from '../../../model/fact.js';
import { isCalled, isIpvlanKind, type Link } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Ipvlan } from '../../../model/topology.js';
import { compareEnds } from './compare-ends.js';
import { addressesOn, contentOf, findLink } from './content.js';
import { foreignEnds, hostEnds } from './ends.js';
import { labelChildren, type UnnamedChild } from './labels.js';

/** Every ipvlan and ipvtap link whose parent is one of the host's links, sorted by subject name, as children are. */
export function nameIpvlans(
  namespaces: readonly Netns[],
  hostLinks: readonly Link[],
  facts: Facts,
): readonly Ipvlan[] {
  const found = namespaces.flatMap((netns) =>
    netns.isHost ? hostEnds(netns, isIpvlanKind) : foreignEnds(netns, hostLinks, isIpvlanKind),
  );
  const runtime = valueOf(facts.runtime);
  const claimed = found.map((end) => ({
    ...end,
    ...claimOf(end, hostLinks, runtime?.containers ?? [], runtime?.networks ?? []),
  }));
  const labels = labelChildren(claimed);
  return claimed
    .map((end, index) => makeIpvlan(end, labels[index] ?? end.link.ifname))
    .toSorted(compareEnds);
}

type Claim = { readonly container?: RuntimeContainer; readonly network?: RuntimeNetwork };

/**
 * All ipvlan links of a parent have its MAC, and engines tell none for them: the address decides, on a network of that
 * parent. Two claims to one address are none.
 */
function claimOf(
  { link, netns, parent }: UnnamedChild,
  hostLinks: readonly Link[],
  containers: readonly RuntimeContainer[],
  networks: readonly RuntimeNetwork[],
): Claim {
  const own = new Set(addressesOn(contentOf(netns), link.ifname).map(({ local }) => local));
  const device = findLink(hostLinks, parent);
  const claims = containers.flatMap((container) =>
    container.endpoints.flatMap(({ networkId, ipv4, ipv6 }) => {
      const network = networks.find(({ id }) => id === networkId);
      const isHere =
        network?.driver === 'ipvlan' &&
        device !== undefined &&
        isCalled(device, network.parent ?? '');
      return isHere && [ipv4, ipv6].some((ip) => own.has(ip ?? '')) ? [{ container, network }] : [];
    }),
  );
  return claims.length === 1 ? (claims[0] ?? {}) : {};
}

function makeIpvlan(end: UnnamedChild & Claim, label: string): Ipvlan {
  const { link, netns, parent, container, network } = end;
  return {
    name: `${link.ifname}@${label.split('/')[0] ?? label}`,
    label,
    parent,
    link,
    mode: link.linkinfo?.info_data?.mode ?? 'unknown',
    netns,
    addresses: addressesOn(contentOf(netns), link.ifname),
    ...(container === undefined ? {} : { container }),
    ...(network === undefined ? {} : { network }),
  };
}
