// A planned LAN as lines for `ip -batch`, namespace by namespace. Pure, so that every command can be read before it runs.
import type { ChildPlan, LanPlan, ParentPlan, Segment, Station } from './plan/plan.js';

/** Lines for one `ip -n NETNS -batch -`. */
export interface Batch {
  readonly netns: string;
  readonly lines: readonly string[];
}

const isIpv6 = (address: string): boolean => address.includes(':');

/** No link-local addresses in an IPv4 LAN: their duplicate address detection would only be noise. */
const quiet = (link: string, addresses: readonly string[]): string[] =>
  addresses.some((address) => isIpv6(address)) ? [] : [`link set dev ${link} addrgenmode none`];

const addressLines = (link: string, addresses: readonly string[]): string[] =>
  addresses.map((cidr) => `address add ${cidr} dev ${link}${isIpv6(cidr) ? ' nodad' : ''}`);

function cable(
  port: string,
  bridge: string,
  end: { link: string; mac: string; netns: string },
): string[] {
  return [
    `link add name ${port} type veth peer name ${end.link} address ${end.mac} netns ${end.netns}`,
    `link set dev ${port} addrgenmode none`,
    `link set dev ${port} master ${bridge} up`,
  ];
}

/** The switch: one bridge per LAN, forwarding at once (no spanning tree), flooding plainly (no snooping). */
export function switchBatch(plan: LanPlan): Batch {
  const lines = plan.segments.flatMap(({ name, isShared, router, devices, parent }) => [
    ...(isShared
      ? []
      : [
          `link add name ${name} type bridge stp_state 0 mcast_snooping 0`,
          `link set dev ${name} addrgenmode none`,
          `link set dev ${name} up`,
        ]),
    ...[router, ...devices].flatMap((station) => cable(station.port, name, station)),
    ...cable(parent.port, name, { link: parent.nic, mac: parent.mac, netns: plan.hostNetns }),
    ...(parent.switchReflects ? [`link set dev ${parent.port} type bridge_slave hairpin on`] : []),
  ]);
  return { netns: plan.switchNetns, lines };
}

function stationLines({ link, addresses }: Pick<Station, 'link' | 'addresses'>): string[] {
  return [
    'link set dev lo up',
    ...quiet(link, addresses),
    ...addressLines(link, addresses),
    `link set dev ${link} up`,
  ];
}

export function stationBatches({ router, devices }: Segment): readonly Batch[] {
  return [router, ...devices].map((station) => ({
    netns: station.netns,
    lines: stationLines(station),
  }));
}

function parentLines({ nic, bridge, parent, mac, addresses }: ParentPlan): string[] {
  const enslave =
    bridge === undefined
      ? []
      : [
          `link add name ${bridge} address ${mac} type bridge stp_state 0 mcast_snooping 0`,
          `link set dev ${nic} addrgenmode none`,
          `link set dev ${nic} master ${bridge} up`,
        ];
  return [
    ...enslave,
    ...quiet(parent, addresses),
    `link set dev ${parent} up`,
    ...addressLines(parent, addresses),
  ];
}

/** The host's own network. */
export function hostBatch(plan: LanPlan): Batch {
  return {
    netns: plan.hostNetns,
    lines: [
      'link set dev lo up',
      ...plan.segments.flatMap(({ parent }) => parentLines(parent)),
      `route add default via ${plan.hostGateway}`,
    ],
  };
}

/** A temporary name: the child's own may be taken in the host's namespace, and older kernels look there first. */
const unborn = (at: number): string => `mvd${at}`;

/** Makes the children on their parents and moves them out, and sets up the shims. */
export function macvlanBatch(plan: LanPlan): Batch {
  const lines = plan.segments.flatMap(({ parent }, segment) => [
    ...parent.children.map(
      (child, at) =>
        `link add link ${parent.parent} name ${unborn(segment * 1000 + at)} address ${child.mac} ` +
        `netns ${child.netns} type macvlan mode ${child.mode}`,
    ),
    ...shimLines(parent),
  ]);
  return { netns: plan.hostNetns, lines };
}

/** The shim as it should be: bridge mode, a /32, a route to each child. */
function shimLines({ shim, parent, children }: ParentPlan): string[] {
  if (shim === undefined) return [];
  const targets = children.flatMap(({ addresses }) =>
    addresses.map((cidr) => cidr.replace(/\/.*/, '')),
  );
  return [
    `link add link ${parent} name ${shim.name} type macvlan mode bridge`,
    `link set dev ${shim.name} addrgenmode none`,
    `address add ${shim.address}/32 dev ${shim.name}`,
    `link set dev ${shim.name} up`,
    ...targets.map((target) => `route add ${target}/32 dev ${shim.name}`),
  ];
}

function childLines(child: ChildPlan, temporary: string, sources: readonly string[]): string[] {
  return [
    `link set dev ${temporary} name ${child.link}`,
    // A source-mode child hears nobody who is not on its list.
    ...(child.mode === 'source'
      ? sources.map((mac) => `link set dev ${child.link} type macvlan macaddr add ${mac}`)
      : []),
    ...stationLines(child),
    `route add default via ${child.gateway} dev ${child.link}`,
  ];
}

/** A value under /proc/sys of one network namespace. */
export interface Setting {
  readonly netns: string;
  /** Dotted, as sysctl(8) has it. */
  readonly name: string;
  readonly value: string;
}

/** New namespaces take some of these over from the machine: a lab has its own. */
export function settingsOf(plan: LanPlan): readonly Setting[] {
  return plan.segments.flatMap(({ router, routerIgnoresPing, devices, parent: { shim } }) => [
    { netns: router.netns, name: 'net.ipv4.ip_forward', value: '1' },
    ...(routerIgnoresPing
      ? [{ netns: router.netns, name: 'net.ipv4.icmp_echo_ignore_all', value: '1' }]
      : []),
    ...devices.map(({ netns }) => ({ netns, name: 'net.ipv4.ip_forward', value: '0' })),
    ...(shim === undefined ? [] : shimSettings(plan.hostNetns, shim.name)),
  ]);
}

/** The shim answers for its own address alone. */
function shimSettings(netns: string, shim: string): readonly Setting[] {
  return [
    { netns, name: `net.ipv4.conf.${shim}.arp_ignore`, value: '1' },
    { netns, name: `net.ipv4.conf.${shim}.arp_announce`, value: '2' },
  ];
}

export function childBatches(
  { router, devices, parent }: Segment,
  segment: number,
): readonly Batch[] {
  const sources = [router, ...devices].map((station) => station.mac);
  return parent.children.map((child, at) => ({
    netns: child.netns,
    lines: childLines(child, unborn(segment * 1000 + at), sources),
  }));
}
