// What every text of a network namespace is.
import type { Address } from '../../../model/address.js';
import type { NetnsRules, NetnsServices } from '../../../model/filter.js';
import type { Link } from '../../../model/link.js';
import type { FdbEntry, Neighbour } from '../../../model/neighbour.js';
import type { Ipv4Conf, Ipv4Settings, Netns, NetnsContent } from '../../../model/netns.js';
import type { Resolvers } from '../../../model/resolver.js';
import type { Route, RouteLookup, Rule } from '../../../model/route.js';
import { AS_IT_IS, type Shape } from './shape.js';

const LINK: Shape<Link> = {
  fields: {
    ifindex: AS_IT_IS,
    ifname: 'link',
    altnames: { list: 'link' },
    flags: { list: 'word' },
    mtu: AS_IT_IS,
    operstate: 'word',
    link_type: 'word',
    address: 'mac',
    link: 'link',
    link_index: AS_IT_IS,
    link_netnsid: AS_IT_IS,
    master: 'link',
    promiscuity: AS_IT_IS,
    allmulti: AS_IT_IS,
    linkinfo: {
      fields: {
        info_kind: 'word',
        info_data: {
          fields: { mode: 'word', flags: { list: 'word' }, id: AS_IT_IS, macaddr_count: AS_IT_IS },
        },
        info_slave_kind: 'word',
      },
    },
  },
};

const ADDRESS: Shape<Address> = {
  fields: {
    ifname: 'link',
    family: 'word',
    local: 'address',
    prefixlen: AS_IT_IS,
    scope: 'word',
    address: 'address',
    broadcast: 'address',
    label: 'label',
    dynamic: AS_IT_IS,
    secondary: AS_IT_IS,
    noprefixroute: AS_IT_IS,
    tentative: AS_IT_IS,
    dadfailed: AS_IT_IS,
  },
};

const ROUTE: Shape<Route> = {
  fields: {
    family: 'word',
    type: 'word',
    dst: 'address',
    gateway: 'address',
    dev: 'link',
    table: 'word',
    protocol: 'word',
    scope: 'word',
    prefsrc: 'address',
    metric: AS_IT_IS,
    flags: { list: 'word' },
    nexthops: { list: { fields: { gateway: 'address', dev: 'link', flags: { list: 'word' } } } },
  },
};

const RULE: Shape<Rule> = {
  fields: {
    family: 'word',
    priority: AS_IT_IS,
    src: 'address',
    dst: 'address',
    iif: 'link',
    oif: 'link',
    fwmark: 'word',
    table: 'word',
    action: 'word',
  },
};

export const NEIGHBOUR: Shape<Neighbour> = {
  fields: { dst: 'address', dev: 'link', lladdr: 'mac', state: { list: 'word' } },
};

const CONF: Shape<Ipv4Conf> = {
  fields: {
    rp_filter: AS_IT_IS,
    arp_ignore: AS_IT_IS,
    arp_announce: AS_IT_IS,
    arp_filter: AS_IT_IS,
    proxy_arp: AS_IT_IS,
    forwarding: AS_IT_IS,
  },
};

const SETTINGS: Shape<Ipv4Settings> = {
  fields: { all: CONF, links: { keys: 'link', values: CONF }, ignoresEcho: AS_IT_IS },
};

const CONTENT: Shape<NetnsContent> = {
  fields: {
    links: { list: LINK },
    addresses: { list: ADDRESS },
    routes: { list: ROUTE },
    rules: { list: RULE },
    neighbours: { list: NEIGHBOUR },
    hostNsid: AS_IT_IS,
    ipv4: SETTINGS,
  },
};

/** Inodes and pids stay: they are of this boot and name nobody, and the commands of a report go by them. */
export const NETNS: Shape<Netns> = {
  fields: {
    inode: AS_IT_IS,
    isHost: AS_IT_IS,
    isPlanned: AS_IT_IS,
    mounts: { list: 'path' },
    processes: { list: { fields: { pid: AS_IT_IS, comm: 'process' } } },
    ranks: { keys: 'link', values: AS_IT_IS },
    content: { fact: CONTENT },
  },
};

export const FDB_ENTRY: Shape<FdbEntry> = {
  fields: { mac: 'mac', ifname: 'link', flags: { list: 'word' }, state: 'word' },
};

export const ROUTE_LOOKUP: Shape<RouteLookup> = {
  fields: {
    dst: 'address',
    dev: 'link',
    gateway: 'address',
    prefsrc: 'address',
    table: 'word',
    type: 'word',
    error: 'prose',
  },
};

export const SERVICES: Shape<NetnsServices> = { fields: { listening: { list: AS_IT_IS } } };

export const RULES: Shape<NetnsRules> = {
  fields: {
    dropping: {
      list: {
        fields: {
          family: 'word',
          table: 'chain',
          chain: 'chain',
          hook: 'word',
          verdict: 'word',
          matches: 'matches',
          packets: AS_IT_IS,
        },
      },
    },
  },
};

export const RESOLVERS: Shape<Resolvers> = {
  fields: {
    nameservers: { list: 'address' },
    upstream: { list: { fields: { ip: 'address', isAskedFromHost: AS_IT_IS } } },
  },
};
