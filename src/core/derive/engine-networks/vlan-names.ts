// What the name of a missing parent promises: a VLAN of a device that is there.
import type { Link } from '../../../model/link.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Topology } from '../../../model/topology.js';
import { contentOf, findLink } from '../topology/content.js';
import { betterParent, defaultRouteDevice, parentCandidates } from '../verdicts/better-parent.js';

export interface MissingVlan {
  readonly parent: string;
  /** The device that it would be made on. */
  readonly base: string;
  readonly id: number;
  /** `eth0.50`: that form of name Docker makes by itself, with the network and when it starts. */
  readonly isDockersForm: boolean;
}

/** `eth0.50`, `vlan50` or `br0.50.7` where the name says so and nothing else explains why it is missing. */
export function missingVlan(network: RuntimeNetwork, topology: Topology): MissingVlan | undefined {
  const { parent = '', driver } = network;
  const { links } = contentOf(topology.host);
  const isOnParent = driver === 'macvlan' && parent !== '' && !network.isConfigOnly;
  if (!isOnParent || findLink(links, parent) !== undefined) return undefined;
  if (betterParent(network, topology)?.isRenamed === true) return undefined;
  return named(parent, links) ?? numbered(parent, topology);
}

/** The form of name that Docker makes VLAN links by has one dot (moby, macvlan_setup.go). */
function named(parent: string, links: readonly Link[]): MissingVlan | undefined {
  const [, base = '', digits = ''] = /^(.+)\.(\d{1,4})$/su.exec(parent) ?? [];
  if (!isVlanId(digits) || findLink(links, base) === undefined) return undefined;
  return { parent, base, id: Number(digits), isDockersForm: !base.includes('.') };
}

/** `vlan50`, `VLAN-50`: a name that says which VLAN, and not of which device. */
export const NUMBERED_VLAN = /^vlan[-_]?(\d{1,4})$/iu;

/** `vlan50` does not say of which device: the one by which the host leaves its LAN, if it can carry a VLAN. */
function numbered(parent: string, topology: Topology): MissingVlan | undefined {
  const [, digits = ''] = NUMBERED_VLAN.exec(parent) ?? [];
  const device = defaultRouteDevice(topology);
  const base = parentCandidates(topology).find(({ ifname }) => ifname === device)?.ifname;
  if (!isVlanId(digits) || base === undefined) return undefined;
  return { parent, base, id: Number(digits), isDockersForm: false };
}

function isVlanId(digits: string): boolean {
  return digits !== '' && Number(digits) >= 1 && Number(digits) <= 4094;
}

/** What Docker makes by the name of a parent, where it has its form (moby, drivers/macvlan, parseVlan). */
export function vlanToMake(
  parent: string,
  links: readonly Link[],
): { readonly base: Link; readonly id: number } | undefined {
  const [, name, digits = ''] = /^([^.]+)\.(\d{1,4})$/u.exec(parent) ?? [];
  const base = name === undefined ? undefined : findLink(links, name);
  return base === undefined || !isVlanId(digits) ? undefined : { base, id: Number(digits) };
}
