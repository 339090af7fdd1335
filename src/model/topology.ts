// Who is parent of whom: the picture that checks, probes and reports share. Built by core/derive/topology/topology.ts.
import type { Address } from './address.js';
import type { Link, MacvlanMode } from './link.js';
import type { FdbEntry, Neighbour } from './neighbour.js';
import type { Netns } from './netns.js';
import type { Route } from './route.js';
import type { RuntimeContainer, RuntimeNetwork } from './runtime-network.js';

/** A link of the host's namespace that carries macvlan or ipvlan links, or that a runtime network wants to put them on. */
export interface Parent {
  /** ifname; the subject name. */
  readonly name: string;
  readonly link: Link;
  /** Addresses of the host on the parent itself. */
  readonly addresses: readonly Address[];
  /** Macvlan and macvtap links outside the host's namespace, and macvtaps inside it; sorted by subject name. */
  readonly children: readonly Child[];
  /** Macvlan links inside the host's namespace. */
  readonly shims: readonly Shim[];
  /** ipvlan links on it, wherever they live; a parent carries links of one of the two kinds at a time. */
  readonly ipvlans: readonly Ipvlan[];
  /** Runtime networks whose parent this is. */
  readonly networks: readonly RuntimeNetwork[];
  /** Unicast entries of the parent's receive filter (`bridge fdb`, self). */
  readonly filter: readonly FdbEntry[];
  /** MACs in the filter that belong to no child or shim that was found: somebody in a namespace that was not seen. */
  readonly unseenMacs: readonly string[];
}

/** What a child and a shim have in common: a macvlan link with its namespace's view of it. */
export interface MacvlanEnd {
  readonly link: Link;
  readonly mode: MacvlanMode;
  readonly mac: string;
  /** Addresses on the link. */
  readonly addresses: readonly Address[];
  /** Routes of the namespace that leave by the link. */
  readonly routes: readonly Route[];
  /** Neighbour entries on the link, before anything was sent. */
  readonly neighbours: readonly Neighbour[];
}

/** A macvlan or macvtap link of somebody on the parent: of a container, a named namespace, a virtual machine. */
export interface Child extends MacvlanEnd {
  /** Subject name, unique: `eth0@web`. */
  readonly name: string;
  /** Short name for people: container, named namespace, or process: `web`. Unique among the parent's children. */
  readonly label: string;
  /** The end's name in probes: `container:web`, or `child:eth0@web`. */
  readonly endpoint: string;
  readonly parent: string;
  readonly netns: Netns;
  /** True for a macvtap: its IP stack lives in a virtual machine, out of sight. */
  readonly isTap: boolean;
  /** Every route of the child's namespace, whichever link it leaves by. */
  readonly allRoutes: readonly Route[];
  /** Every link of the child's namespace. */
  readonly allLinks: readonly Link[];
  /** IPv4 next hops of the default routes that leave by this link. */
  readonly gateways: readonly string[];
  readonly container?: RuntimeContainer;
  readonly network?: RuntimeNetwork;
}

/** A macvlan link in the host's own namespace, by which the host speaks to children. */
export interface Shim extends MacvlanEnd {
  /** ifname; the subject name. */
  readonly name: string;
  readonly parent: string;
}

/** An ipvlan or ipvtap link: it has its parent's MAC, so that hardly anything said of children is true of it. */
export interface Ipvlan {
  /** As a child's: `eth0@web`, `eth0@web/eth1`. */
  readonly name: string;
  readonly label: string;
  readonly parent: string;
  readonly link: Link;
  /** `l2`, `l3`, `l3s`. */
  readonly mode: string;
  readonly netns: Netns;
  readonly addresses: readonly Address[];
  readonly container?: RuntimeContainer;
  readonly network?: RuntimeNetwork;
}

/** The host with every parent in the scope of the run. */
export interface Topology {
  readonly host: Netns;
  readonly parents: readonly Parent[];
  /** macvlan and ipvlan networks of the runtime whose parent does not exist here, or that name none. */
  readonly orphanNetworks: readonly RuntimeNetwork[];
}
