// The namespace that a planned container would live in, as rtnetlink would tell it.
import type { Address } from '../../model/address.js';
import { known } from '../../model/fact.js';
import { hasCarrier, isAdminUp, MACVLAN_MODES, type Link } from '../../model/link.js';
import type { Ipv4Conf, Netns } from '../../model/netns.js';
import type { Route, Rule } from '../../model/route.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { networkOf, parseCidr } from '../derive/addressing/subnets.js';
import { findLink } from '../derive/topology/content.js';
import type { PlacedContainer, PlacedEndpoint } from './place-containers.js';

/** The host's id in a namespace that knows nobody else. */
const HOST_NSID = 0;

/** One with a macvlan link for each network whose parent is there; `inode` is below zero, so that nobody else's is. */
export function plannedNetns(
  { endpoints }: PlacedContainer,
  inode: number,
  hostLinks: readonly Link[],
): Netns {
  const ends = endpoints.flatMap((endpoint): End[] => {
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
      ...defaultRoute(named),
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
  readonly parent: Link;
}

function parentOf({ driver, parent }: RuntimeNetwork, links: readonly Link[]): Link | undefined {
  return driver === 'macvlan' && parent !== undefined ? findLink(links, parent) : undefined;
}

function linkOf({ endpoint, parent }: End, index: number): Link {
  const isRunning = isAdminUp(parent) && hasCarrier(parent);
  const mode = MACVLAN_MODES.find((known) => known === endpoint.network.mode) ?? 'bridge';
  return {
    ifindex: index + 2,
    ifname: `eth${index.toString()}`,
    flags: ['BROADCAST', 'MULTICAST', 'UP', ...(isRunning ? ['LOWER_UP'] : [])],
    mtu: parent.mtu,
    operstate: isRunning ? 'UP' : 'LOWERLAYERDOWN',
    link_type: 'ether',
    address: endpoint.mac,
    link_index: parent.ifindex,
    link_netnsid: HOST_NSID,
    promiscuity: 0,
    allmulti: 0,
    linkinfo: { info_kind: 'macvlan', info_data: { mode } },
  };
}

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

function connected({ ipv4, prefixlen }: PlacedEndpoint, dev: string): Route[] {
  if (ipv4 === undefined || prefixlen === undefined) return [];
  const about = { type: 'unicast', table: 'main', protocol: 'kernel', scope: 'link', flags: [] };
  const dst = networkOf(ipv4, prefixlen);
  return [{ family: 'inet', ...about, dst, dev, prefsrc: ipv4 }];
}

/** One for the whole namespace: of the network whose name sorts first (moby, sandbox.go, epHeap). */
function defaultRoute(
  ends: readonly { readonly endpoint: PlacedEndpoint; readonly ifname: string }[],
): Route[] {
  const [first] = ends
    .filter(({ endpoint }) => endpoint.gateway !== undefined)
    .toSorted((a, b) => (a.endpoint.network.name < b.endpoint.network.name ? -1 : 1));
  if (first?.endpoint.gateway === undefined) return [];
  const about = { type: 'unicast', table: 'main', protocol: 'boot', scope: 'global', flags: [] };
  const { gateway } = first.endpoint;
  return [{ family: 'inet', ...about, dst: 'default', gateway, dev: first.ifname }];
}
