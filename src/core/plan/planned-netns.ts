// The namespace that a planned container would live in, as rtnetlink would tell it.
import type { Address } from '../../model/address.js';
import { known } from '../../model/fact.js';
import { hasCarrier, isAdminUp, MACVLAN_MODES, type Link } from '../../model/link.js';
import type { Ipv4Conf, Netns } from '../../model/netns.js';
import type { Rule } from '../../model/route.js';
import type { Engine, RuntimeNetwork } from '../../model/runtime-network.js';
import { parseCidr } from '../derive/addressing/subnets.js';
import { findLink } from '../derive/topology/content.js';
import type { PlacedContainer, PlacedEndpoint } from './place-containers.js';
import { connected, defaultRoutes } from './planned-routes.js';

/** The host's id in a namespace that knows nobody else. */
const HOST_NSID = 0;

/** What a namespace is born into. */
interface Birthplace {
  /** The host's. */
  readonly links: readonly Link[];
  readonly engine: Engine;
}

/**
 * One with a macvlan link for each network whose parent is there, and a veth for each bridge network; `inode` is below zero,
 * so that nobody else's is.
 */
export function plannedNetns(
  { endpoints }: PlacedContainer,
  inode: number,
  { links: hostLinks, engine }: Birthplace,
): Netns {
  const ends = endpoints.flatMap((endpoint): End[] => {
    if (endpoint.network.driver === 'bridge') return [{ endpoint }];
    const parent = parentOf(endpoint.network, hostLinks);
    return parent === undefined ? [] : [{ endpoint, parent }];
  });
  const links = ends.map((end, index) => linkOf(end, index));
  const named = ends.map(({ endpoint }, index) => ({
    endpoint,
    ifname: links[index]?.ifname ?? '',
  }));
  const content = {
    links,
    addresses: named.flatMap(({ endpoint, ifname }) => addressesOf(endpoint, ifname)),
    routes: [
      ...named.flatMap(({ endpoint, ifname }) => connected(endpoint, ifname)),
      ...defaultRoutes(named, engine),
    ],
    rules: RULES,
    neighbours: [],
    hostNsid: HOST_NSID,
    ipv4: {
      all: CONF,
      links: Object.fromEntries(links.map(({ ifname }) => [ifname, CONF])),
      ignoresEcho: false,
    },
  };
  const place = { inode, isHost: false, isPlanned: true, mounts: [], processes: [] } as const;
  return { ...place, content: known(content) };
}

/** As a new namespace has them (ip-sysctl.rst); an engine leaves them so. */
const CONF: Ipv4Conf = {
  rp_filter: 0,
  arp_ignore: 0,
  arp_announce: 0,
  arp_filter: 0,
  proxy_arp: 0,
  forwarding: 0,
};

/** The rules that every namespace is born with (ip-rule(8)). */
const RULES: readonly Rule[] = [
  { family: 'inet', priority: 0, src: 'all', table: 'local' },
  { family: 'inet', priority: 32_766, src: 'all', table: 'main' },
  { family: 'inet', priority: 32_767, src: 'all', table: 'default' },
];

interface End {
  readonly endpoint: PlacedEndpoint;
  /** None for a bridge network. */
  readonly parent?: Link;
}

function parentOf({ driver, parent }: RuntimeNetwork, links: readonly Link[]): Link | undefined {
  return driver === 'macvlan' && parent !== undefined ? findLink(links, parent) : undefined;
}

function linkOf({ endpoint, parent }: End, index: number): Link {
  const isRunning = parent === undefined || (isAdminUp(parent) && hasCarrier(parent));
  const common: Link = {
    ifindex: index + 2,
    ifname: `eth${index.toString()}`,
    flags: ['BROADCAST', 'MULTICAST', 'UP', ...(isRunning ? ['LOWER_UP'] : [])],
    mtu: parent?.mtu ?? BRIDGE_MTU,
    operstate: isRunning ? 'UP' : 'LOWERLAYERDOWN',
    link_type: 'ether',
    address: endpoint.mac,
    link_netnsid: HOST_NSID,
    promiscuity: 0,
    allmulti: 0,
  };
  if (parent === undefined) return { ...common, linkinfo: { info_kind: 'veth' } };
  const mode = MACVLAN_MODES.find((known) => known === endpoint.network.mode) ?? 'bridge';
  const linkinfo = { info_kind: 'macvlan', info_data: { mode } };
  return { ...common, link_index: parent.ifindex, linkinfo };
}

/** What engines give a bridge network that asks for nothing else. */
const BRIDGE_MTU = 1500;

function addressesOf(
  { ipv4, prefixlen, asked, network }: PlacedEndpoint,
  ifname: string,
): Address[] {
  const six = network.pools.find(({ subnet }) => parseCidr(subnet)?.family === 'inet6');
  return [
    ...(ipv4 === undefined || prefixlen === undefined
      ? []
      : [{ ifname, family: 'inet', local: ipv4, prefixlen, scope: 'global' } as const]),
    ...(asked.ipv6 === undefined || six === undefined
      ? []
      : [
          {
            ifname,
            family: 'inet6',
            local: asked.ipv6,
            prefixlen: parseCidr(six.subnet)?.prefixlen ?? 64,
            scope: 'global',
          } as const,
        ]),
  ];
}
