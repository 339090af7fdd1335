// A LAN with every name and address decided: what build.ts builds and words.ts speaks of.
import type { MacvlanMode } from '../../../model/link.js';

/** A machine on the LAN that is not the host: the router, or a device. */
export interface Station {
  /** For people: `router`, `printer`. */
  readonly label: string;
  readonly netns: string;
  /** Its interface, inside its namespace. */
  readonly link: string;
  readonly mac: string;
  /** The switch's end of its cable. */
  readonly port: string;
  /** With prefix length. */
  readonly addresses: readonly string[];
}

export interface ChildPlan {
  readonly label: string;
  readonly netns: string;
  readonly link: string;
  readonly mac: string;
  readonly mode: MacvlanMode;
  readonly addresses: readonly string[];
  readonly gateway: string;
}

export interface ShimPlan {
  readonly name: string;
  readonly address: string;
}

/** A NIC of the host with what hangs on it. */
export interface ParentPlan {
  readonly nic: string;
  readonly mac: string;
  /** The switch's end of the NIC's cable. */
  readonly port: string;
  readonly switchReflects: boolean;
  /** The host's bridge that holds the NIC; then it is the parent. */
  readonly bridge?: string;
  /** The link that carries the children: the bridge, or the NIC. */
  readonly parent: string;
  /** The host's addresses on it, with prefix length; may be none. */
  readonly addresses: readonly string[];
  readonly children: readonly ChildPlan[];
  readonly shim?: ShimPlan;
}

/** One broadcast domain: a bridge in the switch's namespace. */
export interface Segment {
  /** The bridge. */
  readonly name: string;
  readonly subnet: Subnet;
  /** The bridge is an earlier segment's: one LAN with two parents. */
  readonly isShared: boolean;
  readonly router: Station;
  readonly routerIgnoresPing: boolean;
  readonly devices: readonly Station[];
  readonly parent: ParentPlan;
}

/** An IPv4 subnet. */
export interface Subnet {
  /** The network address as a number. */
  readonly base: number;
  readonly prefixlen: number;
}

export interface LanPlan {
  /** In every namespace's name, so that labs can stand side by side. */
  readonly labId: string;
  readonly seed: number;
  readonly hostNetns: string;
  readonly switchNetns: string;
  /** The one that the scenario is about first. */
  readonly segments: readonly Segment[];
  /** The segment's gateway that is the host's own default route. */
  readonly hostGateway: string;
  /** A subnet that exists nowhere in the LAN. */
  readonly otherSubnet: Subnet;
}

/** Every namespace of the lab, the host's first. */
export function namespacesOf(plan: LanPlan): readonly string[] {
  return [
    plan.hostNetns,
    plan.switchNetns,
    ...plan.segments.flatMap(({ router, devices, parent }) =>
      [router, ...devices, ...parent.children].map((station) => station.netns),
    ),
  ];
}
