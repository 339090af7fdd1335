// Facts as sentences, each one true or not: what changed between two looks is which of them are there. What changes by itself (counters,
// times, inodes, states of neighbours) is in none of them.
import { valueOf } from '../../model/fact.js';
import type { Link } from '../../model/link.js';
import type { NetnsContent } from '../../model/netns.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { isAdminUp } from '../../model/link.js';
import type { Judged } from './judged.js';

export function factLines({ snapshot: { facts }, topology }: Judged): readonly string[] {
  const platform = valueOf(facts.platform);
  const host = valueOf(topology.host.content);
  const children = topology.parents.flatMap((parent) => parent.children);
  const runtime = valueOf(facts.runtime);
  const lines = [
    ...(platform === undefined ? [] : [`host: kernel ${platform.kernel}`]),
    ...(host === undefined ? [] : contentLines('host', host)),
    ...children.flatMap((child) => {
      const content = valueOf(child.netns.content);
      return content === undefined ? [] : contentLines(child.label, content);
    }),
    ...(runtime === undefined
      ? []
      : [`engine: ${runtime.engine.flavour} ${runtime.engine.serverVersion}`]),
    ...(runtime?.networks ?? []).map((network) => networkLine(network)),
    ...(runtime?.containers ?? []).map(({ name, state }) => `container ${name}: ${state}`),
    ...Object.entries(facts).flatMap(([name, fact]) =>
      fact.state === 'known' ? [] : [`${name}: not known, ${fact.reason}`],
    ),
  ];
  return [...new Set(lines)].toSorted();
}

function contentLines(place: string, content: NetnsContent): string[] {
  const { links, addresses, routes, rules, ipv4 } = content;
  return [
    ...links.map((link) => `${place}: link ${linkText(link)}`),
    ...addresses.map(
      ({ ifname, local, prefixlen }) => `${place}: address ${local}/${prefixlen} on ${ifname}`,
    ),
    ...routes
      .filter(({ table }) => table !== 'local')
      .map(
        ({ dst, gateway, dev, table, type }) =>
          `${place}: route ${words(type === 'unicast' ? undefined : type, dst, 'via', gateway, 'dev', dev, 'table', table)}`,
      ),
    ...rules.map(
      ({ priority, src, dst, table, action }) =>
        `${place}: rule ${words(priority.toString(), 'from', src, 'to', dst, 'lookup', table, action)}`,
    ),
    ...Object.entries({ all: ipv4?.all, ...ipv4?.links }).flatMap(([name, conf]) =>
      Object.entries(conf ?? {}).map(([key, value]) => `${place}: ${key} of ${name} is ${value}`),
    ),
  ];
}

function linkText({ ifname, mtu, address, operstate, master, linkinfo, ...link }: Link): string {
  const isUp = isAdminUp({ ifname, mtu, operstate, ...link });
  const { info_kind: kind, info_data: data } = linkinfo ?? {};
  return words(
    ifname,
    kind,
    data?.mode,
    isUp ? 'up' : 'down',
    operstate,
    'mtu',
    mtu.toString(),
    'mac',
    address,
    'master',
    master,
  );
}

function networkLine({ name, driver, parent, mode, pools }: RuntimeNetwork): string {
  const subnets = pools.map(({ subnet }) => subnet).join(' ');
  return `network ${words(name, driver, mode, 'parent', parent, 'subnets', subnets)}`;
}

/** A keyword goes with what follows it, and stays away where that is not there. */
function words(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part, at) => isSaid(part) && (!KEYWORDS.has(part) || isSaid(parts[at + 1])))
    .join(' ');
}

function isSaid(part: string | undefined): part is string {
  return part !== undefined && part !== '';
}

const KEYWORDS: ReadonlySet<string> = new Set(
  'via dev table from to lookup mtu mac master parent subnets'.split(' '),
);
