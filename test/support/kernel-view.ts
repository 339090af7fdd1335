// A test's world as rtnetlink would tell it: links, addresses, routes and neighbours per namespace, filter, look-ups.
import ipaddr from 'ipaddr.js';
import { known } from '../../src/model/fact.js';
import type { Address } from '../../src/model/address.js';
import type { Link } from '../../src/model/link.js';
import type { FdbEntry, Neighbour } from '../../src/model/neighbour.js';
import type { Ipv4Conf, Ipv4Settings, Netns } from '../../src/model/netns.js';
import type { Route, RouteLookup, Rule } from '../../src/model/route.js';
import {
  FIRST_IFINDEX,
  HOST_INODE,
  isRunning,
  list,
  type ChildSpec,
  type HostLinkSpec,
  type LinkOptions,
  type NetnsSpec,
  type World,
} from './world.js';

const LOOPBACK: Link = {
  ifindex: 1,
  ifname: 'lo',
  flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
  mtu: 65_536,
  operstate: 'UNKNOWN',
  link_type: 'loopback',
  address: '00:00:00:00:00:00',
  promiscuity: 0,
  allmulti: 0,
};
const LOOPBACK_ADDRESS: Address = {
  ifname: 'lo',
  family: 'inet',
  local: '127.0.0.1',
  prefixlen: 8,
  scope: 'host',
};
const RULES: readonly Rule[] = [
  { family: 'inet', priority: 0, src: 'all', table: 'local' },
  { family: 'inet', priority: 32_766, src: 'all', table: 'main' },
  { family: 'inet', priority: 32_767, src: 'all', table: 'default' },
];
/** ifindexes of the host's ends of bridge networks, which no test declares. */
const FIRST_PEER = 900;
/** Devices without a unicast filter: the kernel makes them promiscuous for their children (IFF_UNICAST_FLT). */
const UNFILTERED = new Set(['veth', 'bridge', 'bond', 'team']);

/** As a kernel starts (Documentation/networking/ip-sysctl.rst). */
export const CONF: Ipv4Conf = {
  rp_filter: 0,
  arp_ignore: 0,
  arp_announce: 0,
  arp_filter: 0,
  proxy_arp: 0,
  forwarding: 0,
};

export function namespacesOf(world: World): Netns[] {
  return [hostOf(world), ...world.netnses.map((netns) => netnsOf(netns, world))];
}

function hostOf(world: World): Netns {
  return {
    inode: HOST_INODE,
    isHost: true,
    mounts: [],
    processes: [{ pid: 1, comm: 'systemd' }],
    content: known({
      links: [
        LOOPBACK,
        ...world.links.map((spec, index) => hostLink(spec, FIRST_IFINDEX + index, world)),
      ],
      addresses: [
        LOOPBACK_ADDRESS,
        ...world.links.flatMap(({ name, options, mac }) => addressesOf(name, options, mac)),
      ],
      routes: hostRoutes(world),
      rules: [...RULES, ...world.hostRules].toSorted((a, b) => a.priority - b.priority),
      neighbours: [
        ...world.links.flatMap(({ name, options }) => neighboursOf(name, options)),
        ...world.hostNeighbours,
      ],
      hostNsid: null,
      ...settingsOf(
        'host',
        world.links.map(({ name }) => name),
        world,
      ),
    }),
  };
}

function netnsOf(spec: NetnsSpec, world: World): Netns {
  const { name: _name, links, ...place } = spec;
  return {
    ...place,
    isHost: false,
    content: known({
      links: [
        LOOPBACK,
        ...links.map((link, index) => childLink(link, FIRST_IFINDEX + index, world)),
      ],
      addresses: [
        LOOPBACK_ADDRESS,
        ...links.flatMap((link) => addressesOf(link.ifname, link, link.mac)),
      ],
      routes: links.flatMap((link) => routesOf(link.ifname, link)),
      rules: [...RULES, ...links.flatMap(({ rules = [] }) => rules)].toSorted(
        (a, b) => a.priority - b.priority,
      ),
      neighbours: links.flatMap((link) => neighboursOf(link.ifname, link)),
      hostNsid: 0,
      ...settingsOf(
        spec.name,
        links.map(({ ifname }) => ifname),
        world,
      ),
    }),
  };
}

function settingsOf(
  place: string,
  links: readonly string[],
  world: World,
): { readonly ipv4?: Ipv4Settings } {
  const said = world.settings.get(place);
  if (said === null) return {};
  const own = ['lo', ...links].map((name) => [name, { ...CONF, ...said?.links?.[name] }] as const);
  const ipv4 = {
    all: { ...CONF, ...said?.all },
    links: Object.fromEntries(own),
    ignoresEcho: said?.ignoresEcho ?? false,
  };
  return { ipv4 };
}

function hostLink(spec: HostLinkSpec, ifindex: number, world: World): Link {
  const { name, options, mac, macvlan } = spec;
  const hasEnds = macsOn(world, name).length > 0;
  const master = world.links.find((link) => link.name === options.master);
  const lower = macvlan?.parent ?? options.lower;
  return {
    ifindex,
    ifname: name,
    ...(options.altnames === undefined ? {} : { altnames: options.altnames }),
    ...(lower === undefined ? {} : { link: lower }),
    ...stateOf(options),
    flags: [...stateOf(options).flags, ...(options.isPromiscuous === true ? ['PROMISC'] : [])],
    mtu: options.mtu ?? 1500,
    link_type: options.linkType ?? 'ether',
    ...((options.linkType ?? 'ether') === 'ether' ? { address: mac } : {}),
    ...(options.master === undefined ? {} : { master: options.master }),
    promiscuity:
      options.promiscuity ??
      (options.isPromiscuous === true || (hasEnds && UNFILTERED.has(options.kind ?? '')) ? 1 : 0),
    allmulti: 0,
    ...linkInfo(spec, options.slaveKind ?? master?.options.kind),
  };
}

function linkInfo(
  { options, macvlan }: HostLinkSpec,
  slaveKind: string | undefined,
): Pick<Link, 'linkinfo'> {
  const kind = macvlan === undefined ? options.kind : 'macvlan';
  if (kind === undefined && slaveKind === undefined) return {};
  return {
    linkinfo: {
      ...(kind === undefined ? {} : { info_kind: kind }),
      ...(macvlan === undefined ? {} : { info_data: { mode: macvlan.mode, flags: [] } }),
      ...(options.vlanId === undefined ? {} : { info_data: { id: options.vlanId } }),
      ...(slaveKind === undefined ? {} : { info_slave_kind: slaveKind }),
    },
  };
}

function childLink(spec: ChildSpec, ifindex: number, world: World): Link {
  const parentIndex = world.links.findIndex((link) => link.name === spec.parent);
  if (parentIndex === -1) throw new Error(`child of ${spec.parent}: declare that parent first`);
  const parent = world.links[parentIndex]?.options ?? {};
  const isUp = spec.up ?? true;
  return {
    ifindex,
    ifname: spec.ifname,
    link: null,
    link_index: spec.kind === 'veth' ? FIRST_PEER + ifindex : FIRST_IFINDEX + parentIndex,
    link_netnsid: 0,
    ...stateOf({ up: isUp, carrier: spec.carrier ?? isRunning(parent) }),
    mtu: spec.mtu ?? parent.mtu ?? 1500,
    link_type: 'ether',
    address: spec.mac,
    promiscuity: 0,
    allmulti: 0,
    linkinfo: childInfo(spec),
  };
}

function childInfo({ kind = 'macvlan', mode, flags }: ChildSpec): NonNullable<Link['linkinfo']> {
  if (kind === 'veth') return { info_kind: kind };
  const isBare = kind === 'ipvlan' && flags === undefined;
  return { info_kind: kind, info_data: { mode, ...(isBare ? {} : { flags: flags ?? [] }) } };
}

function stateOf(options: LinkOptions): Pick<Link, 'flags' | 'operstate'> {
  const base = ['BROADCAST', 'MULTICAST'];
  if (options.up === false) return { flags: base, operstate: 'DOWN' };
  if (!isRunning(options)) return { flags: ['NO-CARRIER', ...base, 'UP'], operstate: 'DOWN' };
  return { flags: [...base, 'UP', 'LOWER_UP'], operstate: 'UP' };
}

function addressesOf(ifname: string, options: LinkOptions, mac: string): Address[] {
  const stated = list(options.address ?? []).map((cidr): Address => {
    const [local = cidr, length] = cidr.split('/');
    const family = local.includes(':') ? 'inet6' : 'inet';
    return {
      ifname,
      family,
      local,
      prefixlen: Number(length ?? (family === 'inet' ? 32 : 128)),
      scope: 'global',
    };
  });
  if (!isRunning(options)) return stated;
  return [
    ...stated,
    { ifname, family: 'inet6', local: linkLocal(mac), prefixlen: 64, scope: 'link' },
  ];
}

/** RFC 4291 appendix A. */
function linkLocal(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac
    .split(':')
    .map((part) => Number.parseInt(part, 16));
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return ipaddr.parse(`fe80::${groups.map((group) => group.toString(16)).join(':')}`).toString();
}

function hostRoutes(world: World): Route[] {
  return [
    ...world.links.flatMap(({ name, options }) => routesOf(name, options)),
    ...world.hostRoutes.map((route) => wholeRoute(route)),
  ];
}

function routesOf(ifname: string, options: LinkOptions): Route[] {
  if (options.up === false) return [];
  if (options.routes !== undefined)
    return options.routes.map((route) => wholeRoute({ dev: ifname, ...route }));
  const flags = isRunning(options) ? [] : ['linkdown'];
  const connected = list(options.address ?? []).flatMap((cidr) =>
    connectedRoutes(ifname, cidr, flags),
  );
  if (options.gateway === undefined || options.gateway === null) return connected;
  if (list(options.address ?? []).length === 0) return connected;
  return [
    wholeRoute({
      dst: 'default',
      gateway: options.gateway,
      dev: ifname,
      protocol: 'static',
      scope: 'global',
      flags,
    }),
    ...connected,
  ];
}

function connectedRoutes(ifname: string, cidr: string, flags: readonly string[]): Route[] {
  const [local = cidr, length] = cidr.split('/');
  const isV6 = local.includes(':');
  const prefixlen = Number(length ?? (isV6 ? 128 : 32));
  const own = wholeRoute({
    type: 'local',
    dst: local,
    dev: ifname,
    table: 'local',
    protocol: 'kernel',
    scope: isV6 ? 'global' : 'host',
    ...(isV6 ? {} : { prefsrc: local }),
  });
  if (prefixlen === (isV6 ? 128 : 32)) return [own];
  const cidrText = `${local}/${prefixlen.toString()}`;
  const base = (isV6 ? ipaddr.IPv6 : ipaddr.IPv4).networkAddressFromCIDR(cidrText);
  const subnet = wholeRoute({
    dst: `${base.toString()}/${prefixlen.toString()}`,
    dev: ifname,
    protocol: 'kernel',
    scope: isV6 ? 'global' : 'link',
    flags,
    ...(isV6 ? { metric: 256 } : { prefsrc: local }),
  });
  return [subnet, own];
}

function wholeRoute(route: Partial<Route> & { readonly dst: string }): Route {
  const family =
    route.dst.includes(':') || route.gateway?.includes(':') === true ? 'inet6' : 'inet';
  const scope = route.gateway === undefined ? 'link' : 'global';
  return { family, type: 'unicast', table: 'main', protocol: 'static', scope, flags: [], ...route };
}

function neighboursOf(dev: string, options: LinkOptions): Neighbour[] {
  return (options.neighbours ?? []).map((neighbour) => ({ dev, ...neighbour }));
}

function macsOn(world: World, parent: string): string[] {
  const children = world.netnses.flatMap((netns) => netns.links);
  const shims = world.links.filter((link) => link.macvlan?.parent === parent);
  return [
    ...children
      .filter(
        (child) =>
          child.parent === parent &&
          (child.up ?? true) &&
          child.mode !== 'passthru' &&
          child.kind !== 'ipvlan' &&
          child.kind !== 'veth',
      )
      .map((child) => child.mac),
    ...shims.filter((shim) => shim.options.up ?? true).map((shim) => shim.mac),
  ];
}

export function filterOf(world: World): FdbEntry[] {
  return world.links.flatMap(({ name }) => [
    ...(world.filters.get(name) ?? macsOn(world, name)).map((mac) => entry(mac, name)),
    entry('01:00:5e:00:00:01', name),
    entry('33:33:00:00:00:01', name),
  ]);
}

function entry(mac: string, ifname: string): FdbEntry {
  return { mac, ifname, flags: ['self'], state: 'permanent' };
}

/** Longest match in the host's main table for the IPv4 address of each child, unless the test said otherwise. */
export function lookUp(world: World, said: readonly RouteLookup[]): RouteLookup[] {
  const targets = world.netnses
    .flatMap((netns) => netns.links)
    .flatMap((link) => list(link.address ?? []))
    .map((cidr) => cidr.split('/')[0] ?? cidr)
    .filter((ip) => ipaddr.IPv4.isValid(ip));
  const routes = hostRoutes(world).filter(
    (route) => route.family === 'inet' && route.table === 'main',
  );
  return [...new Set(targets)].map(
    (dst) => said.find((lookup) => lookup.dst === dst) ?? lookUpOne(dst, routes, world),
  );
}

function lookUpOne(dst: string, routes: readonly Route[], world: World): RouteLookup {
  const best = routes
    .map((route) => ({ route, length: matchLength(dst, route.dst) }))
    .filter(({ length }) => length >= 0)
    .toSorted(
      (a, b) => b.length - a.length || (a.route.metric ?? 0) - (b.route.metric ?? 0),
    )[0]?.route;
  if (best === undefined) return { dst, error: 'Network is unreachable' };
  const source = list(world.links.find((link) => link.name === best.dev)?.options.address ?? [])[0];
  return {
    dst,
    type: best.type,
    table: 'main',
    ...(best.dev === undefined ? {} : { dev: best.dev }),
    ...(best.gateway === undefined ? {} : { gateway: best.gateway }),
    ...(source === undefined ? {} : { prefsrc: best.prefsrc ?? source.split('/')[0] ?? source }),
  };
}

function matchLength(ip: string, dst: string): number {
  if (dst === 'default') return 0;
  const [network = dst, length = '32'] = dst.split('/');
  const isInside = ipaddr.IPv4.parse(ip).match(ipaddr.IPv4.parse(network), Number(length));
  return isInside ? Number(length) : -1;
}
