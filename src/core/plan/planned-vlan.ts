// VLAN links that do not exist and that the engine makes along with a network: `eth0.50` where eth0 is there.
import type { Link } from '../../model/link.js';
import type { Plan } from '../../model/plan.js';
import { vlanToMake } from '../derive/engine-networks/vlan-names.js';
import { findLink } from '../derive/topology/content.js';

/** As they would be, right behind the links that are there. */
export function vlansOf(plan: Plan, links: readonly Link[]): Link[] {
  const wanted = plan.networks
    .filter(({ isExternal }) => !isExternal)
    .map(({ options }) => options['parent'] ?? '')
    .filter((name) => findLink(links, name) === undefined);
  return [...new Set(wanted)].flatMap((name, index) => {
    const vlan = vlanToMake(name, links);
    return vlan === undefined ? [] : [linkOf(name, vlan, -1 - index)];
  });
}

function linkOf(name: string, { base, id }: { base: Link; id: number }, ifindex: number): Link {
  return {
    ...base,
    ifindex,
    ifname: name,
    altnames: [],
    link: base.ifname,
    promiscuity: 0,
    allmulti: 0,
    linkinfo: { info_kind: 'vlan', info_data: { id } },
  };
}

/** True for a link that is not there yet. */
export function isToBeMade({ ifindex }: Link): boolean {
  return ifindex < 0;
}
