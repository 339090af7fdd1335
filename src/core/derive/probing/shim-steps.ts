// The host's shims: do they reach the children, and the children them?
import { isAdminUp } from '../../../model/link.js';
import type { Child, Parent, Shim, Topology } from '../../../model/topology.js';
import type { Question } from './awaited.js';
import { ipv4Of, isOnLink } from './probe-targets.js';
import { arp, icmp } from './sends.js';

/** Addresses of one shim that are asked for. */
const MOST_SHIM_ADDRESSES = 4;

export function shimSteps(
  topology: Topology,
  parent: Parent,
  children: readonly Child[],
): Question[] {
  const there = waysOf(parent).flatMap((shim) =>
    children.flatMap((child) =>
      ipv4Of(child)
        .slice(0, 1)
        .map((ip): Question => ({
          probe: 'shim-child-icmp',
          from: `shim:${shim.name}`,
          to: child.endpoint,
          parent: parent.name,
          child: child.name,
          target: ip,
          send: { kind: 'icmp', netns: topology.host.inode, device: shim.name },
        })),
    ),
  );
  const back = children.flatMap((child): Question[] => {
    const way = shimFor(child, parent);
    if (way === undefined) return [];
    return [
      {
        probe: 'child-shim-icmp',
        from: child.endpoint,
        to: `shim:${way.shim.name}`,
        parent: parent.name,
        child: child.name,
        target: way.ip,
        send: icmp(child),
      },
    ];
  });
  return [...there, ...back, ...waysOf(parent).flatMap((shim) => ownerSteps(shim, parent))];
}

/** A shim no more hears its parent than a child does: who answers is another owner of its address. */
function ownerSteps(shim: Shim, parent: Parent): Question[] {
  return ipv4Of(shim)
    .slice(0, MOST_SHIM_ADDRESSES)
    .map((target) => ({
      probe: 'shim-address-arp',
      from: 'host',
      to: `lan:${target}`,
      parent: parent.name,
      target,
      send: arp(parent, parent.link.address ?? ''),
    }));
}

/** The shim that a child would call the host by, one in bridge mode first, with the address that it can ask for by ARP. */
export function shimFor(
  child: Child,
  parent: Parent,
): { readonly shim: Shim; readonly ip: string } | undefined {
  const ways = waysOf(parent).flatMap((shim) => {
    const ip = ipv4Of(shim).find((candidate) => isOnLink(child, candidate));
    return ip === undefined ? [] : [{ shim, ip }];
  });
  return ways.find(({ shim }) => shim.mode === 'bridge') ?? ways[0];
}

function waysOf(parent: Parent): Shim[] {
  return parent.shims.filter(
    (shim) => isAdminUp(shim.link) && shim.addresses.some((address) => address.family === 'inet'),
  );
}
