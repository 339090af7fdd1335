// Addresses and MACs that ends of several hosts have. On one LAN that breaks both; whether it is one LAN, only a gateway that both know
// by the same MAC can tell.
import { isIpv4, networkOf } from '../derive/addressing/subnets.js';
import { groupBy } from '../derive/wording/victims.js';
import { isAdminUp } from '../../model/link.js';
import type { Shared, SharedBy } from '../../model/comparison.js';
import { valueOf } from '../../model/fact.js';
import type { Address } from '../../model/address.js';
import { isSameHost, speakAlike, type Judged } from './judged.js';

interface End {
  readonly bundle: number;
  readonly who: string;
  readonly mac: string | undefined;
  readonly addresses: readonly string[];
  readonly subnets: readonly string[];
}

export function sharedBy(all: readonly Judged[]): Shared[] {
  const ends = all.flatMap((judged, bundle) => endsOf(judged, bundle));
  return [...sharedOf('address', ends, all), ...sharedOf('mac', ends, all)];
}

function endsOf({ topology }: Judged, bundle: number): End[] {
  return topology.parents.flatMap(({ name, link, addresses, children, shims }) => [
    ...(isAdminUp(link) ? [endOf(`parent ${name}`, link.address, addresses, bundle)] : []),
    ...[...children, ...shims]
      .filter((end) => isAdminUp(end.link))
      .map((end) =>
        endOf(`${'label' in end ? 'child' : 'shim'} ${end.name}`, end.mac, end.addresses, bundle),
      ),
  ]);
}

function endOf(
  who: string,
  mac: string | undefined,
  addresses: readonly Address[],
  bundle: number,
): End {
  const global = addresses.filter(({ scope }) => scope === 'global');
  // Gateways are known by their IPv4 addresses, and tell of the LAN whatever else is spoken on it.
  const ipv4 = global.filter(({ local }) => isIpv4(local));
  return {
    bundle,
    who,
    mac,
    addresses: global.map(({ local }) => local),
    subnets: ipv4.map(({ local, prefixlen }) => networkOf(local, prefixlen)),
  };
}

function sharedOf(kind: Shared['kind'], ends: readonly End[], all: readonly Judged[]): Shared[] {
  const holdings = ends.flatMap((end) => {
    const values = kind === 'address' ? end.addresses : [end.mac ?? ''];
    // The same text in the language of another case is another address.
    const { keyId = '' } = all[end.bundle] ?? {};
    return values.map((value) => ({ value, end, key: `${keyId} ${value}` }));
  });
  return groupBy(holdings, ({ key }) => key).flatMap(([, group]) => {
    const value = group[0]?.value ?? '';
    if (value === '') return [];
    const owners = group.map(({ end }) => end);
    return sharedOne(kind, value, owners, all);
  });
}

/** Only ends of different hosts whose names mean the same count. */
function sharedOne(
  kind: Shared['kind'],
  value: string,
  group: readonly End[],
  all: readonly Judged[],
): Shared[] {
  const [first, ...rest] = group;
  if (first === undefined) return [];
  const others = rest.filter((end) => areTwoHosts(all[first.bundle], all[end.bundle]));
  const places = others.map((end) => placeOf(first, end, all));
  if (places.every((place) => place === 'apart')) return [];
  const by: SharedBy[] = [first, ...others].map(({ bundle, who }) => ({ bundle, who }));
  const isOneLan = places.includes('one');
  const because = isOneLan
    ? 'both know the gateway of their subnet by the same MAC'
    : 'whether they are on one LAN cannot be told: no gateway that both know by its MAC';
  return [{ kind, value, by, isOneLan, because }];
}

function areTwoHosts(a: Judged | undefined, b: Judged | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b && speakAlike(a, b) && !isSameHost(a, b);
}

/** On one LAN, on two, or nobody knows. */
function placeOf(a: End, b: End, all: readonly Judged[]): 'one' | 'apart' | 'unknown' {
  const [ours, theirs] = [gatewaysOf(all[a.bundle]), gatewaysOf(all[b.bundle])];
  const common = [...ours.keys()].filter((gateway) => theirs.has(gateway));
  const inSubnet = common.filter((gateway) =>
    a.subnets.some((subnet) => isWithin(gateway, subnet)),
  );
  if (inSubnet.length === 0) return 'unknown';
  return inSubnet.some((gateway) => ours.get(gateway) === theirs.get(gateway)) ? 'one' : 'apart';
}

function isWithin(ip: string, subnet: string): boolean {
  return networkOf(ip, Number(subnet.split('/')[1])) === subnet;
}

/** MACs under which gateways of children answered or are known, by address. */
function gatewaysOf(judged: Judged | undefined): ReadonlyMap<string, string> {
  if (judged === undefined) return new Map();
  const { snapshot, topology } = judged;
  const gateways = new Set(
    topology.parents.flatMap(({ children }) => children.flatMap((child) => child.gateways)),
  );
  const known = topology.parents.flatMap(({ children }) =>
    children.flatMap(({ netns }) => valueOf(netns.content)?.neighbours ?? []),
  );
  const answers = snapshot.observations.flatMap(({ target, replies }) =>
    replies.flatMap(({ mac }) => (mac === undefined ? [] : [[target, mac] as const])),
  );
  const all = [...known.map(({ dst, lladdr }) => [dst, lladdr ?? ''] as const), ...answers];
  return new Map(all.filter(([ip, mac]) => mac !== '' && gateways.has(ip)));
}
