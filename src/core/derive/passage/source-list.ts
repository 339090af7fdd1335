// Whom a child in source mode listens to: how many they are, and the command that puts one more on its list.
import type { CheckContext } from '../../../model/check.js';
import { shellWord } from '../../../model/text.js';
import type { Child } from '../../../model/topology.js';
import { contentOf } from '../topology/content.js';
import { enterArgv } from '../topology/enter.js';

export function listLength({ link }: Child): number | undefined {
  return link.linkinfo?.info_data?.macaddr_count;
}

/** As far as the host knows the MAC of the child's gateway. */
export function hearGateway(child: Child, { topology }: CheckContext): string[] {
  const [gateway] = child.gateways;
  const { lladdr } =
    contentOf(topology.host).neighbours.find(
      ({ dst, dev }) => dst === gateway && dev === child.parent,
    ) ?? {};
  return gateway === undefined || lladdr === undefined ? [] : hearMac(child, gateway, lladdr);
}

export function hearMac(child: Child, gateway: string, mac: string): string[] {
  const ip = enterArgv(child);
  if (ip === undefined) return [];
  const kind = child.link.linkinfo?.info_kind ?? 'macvlan';
  const words = [...ip, 'link', 'set', 'dev', child.link.ifname, 'type', kind];
  const command = [...words, 'macaddr', 'add', mac].map((word) => shellWord(word)).join(' ');
  return [`For the gateway ${gateway} of ${child.label}: \`${command}\`.`];
}
