// Topology → the report's picture of it: names and states as text, nothing that only a check needs.
import type { Address } from '../../../model/address.js';
import { isAdminUp } from '../../../model/link.js';
import type { Netns } from '../../../model/netns.js';
import type { ReportChild, ReportIpvlan, ReportParent, ReportShim } from '../../../model/report.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Ipvlan, Parent, Shim, Topology } from '../../../model/topology.js';
import { describePromiscuity } from './promiscuity.js';

export function projectTopology(
  topology: Topology,
  facts: Pick<Facts, 'fdb'>,
): { parents: ReportParent[]; orphanNetworks: string[] } {
  return {
    parents: topology.parents.map((parent) => projectParent(parent, facts)),
    orphanNetworks: topology.orphanNetworks.map((network) => network.name),
  };
}

function projectParent(parent: Parent, facts: Pick<Facts, 'fdb'>): ReportParent {
  return {
    name: parent.name,
    mac: parent.link.address ?? '',
    operstate: parent.link.operstate,
    mtu: parent.link.mtu,
    addresses: parent.addresses.map((address) => cidrOf(address)),
    promiscuity: describePromiscuity(parent, facts.fdb),
    children: parent.children.map((child) => projectChild(child)),
    shims: parent.shims.map((shim) => projectShim(shim)),
    ...(parent.ipvlans.length === 0
      ? {}
      : { ipvlans: parent.ipvlans.map((ipvlan) => projectIpvlan(ipvlan)) }),
    networks: parent.networks.map((network) => network.name),
    unseenMacs: [...parent.unseenMacs],
  };
}

function projectChild(child: Child): ReportChild {
  return {
    name: child.name,
    label: child.label,
    link: child.link.ifname,
    mode: child.mode,
    mac: child.mac,
    addresses: child.addresses.map((address) => cidrOf(address)),
    gateways: [...child.gateways],
    netns: nameOf(child.netns),
    isUp: isAdminUp(child.link),
    ...(child.container === undefined ? {} : { container: child.container.name }),
    ...(child.network === undefined ? {} : { network: child.network.name }),
  };
}

function projectIpvlan(ipvlan: Ipvlan): ReportIpvlan {
  const { name, label, link, mode, netns, addresses, container, network } = ipvlan;
  return {
    name,
    label,
    link: link.ifname,
    mode: [mode, ...(link.linkinfo?.info_data?.flags ?? [])].join(' '),
    mac: link.address ?? '',
    addresses: addresses.map((address) => cidrOf(address)),
    netns: nameOf(netns),
    isUp: isAdminUp(link),
    ...(container === undefined ? {} : { container: container.name }),
    ...(network === undefined ? {} : { network: network.name }),
  };
}

function projectShim(shim: Shim): ReportShim {
  return {
    name: shim.name,
    mode: shim.mode,
    mac: shim.mac,
    addresses: shim.addresses.map((address) => cidrOf(address)),
    routes: shim.routes
      .filter((route) => route.table === 'main' && route.type === 'unicast')
      .map((route) =>
        route.gateway === undefined ? route.dst : `${route.dst} via ${route.gateway}`,
      ),
    isUp: isAdminUp(shim.link),
  };
}

function cidrOf(address: Address): string {
  return `${address.local}/${address.prefixlen.toString()}`;
}

/** Where it can be entered, or else what the kernel calls it. */
function nameOf(netns: Netns): string {
  return netns.mounts[0] ?? `net:[${netns.inode.toString()}]`;
}
