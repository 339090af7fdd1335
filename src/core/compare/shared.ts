// Addresses and MACs that ends of several hosts have. On one LAN that breaks both; whether it is one LAN, only a gateway that both know
// by the same MAC can tell.
import { isIpv4, networkOf } from '../derive/addressing/subnets.js';
import { groupBy } from '../derive/wording/victims.js';
import { isAdminUp } from '../../model/link.js';
import type { Shared, SharedBy } from '../../model/comparison.js';
import { valueOf } from '../../model/fact.js';
import { oncePer } from '../../model/once-per.js';
import type { Address } from '../../model/address.js';
import { connected } from './connected.js';
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

/**
 * Only ends of different hosts whose names mean the same count. One entry for each LAN that several are on, and one for
 * those of which nobody knows; each two are asked about, so that the order of the bundles means nothing.
 */
function sharedOne(
  kind: Shared['kind'],
  value: string,
  owners: readonly End[],
  all: readonly Judged[],
): Shared[] {
  // Ends of one bundle in the same subnets stand in one place: one of them answers for all.
  const places = groupBy(owners, (end) => [end.bundle, ...end.subnets].join(' '));
  const stands = places.map(([, ends]) => ends);
  const lans = connected(stands, ([a], [b]) => placeOf(a, b, all) === 'one');
  const unsure = connected(lans, (ours, theirs) => {
    const between = new Set(ours.flatMap(([a]) => theirs.map(([b]) => placeOf(a, b, all))));
    return between.has('unknown') && !between.has('apart');
  });
  const entry = (who: readonly End[], isOneLan: boolean): Shared => ({
    kind,
    value,
    by: who.map((end): SharedBy => ({ bundle: end.bundle, who: end.who })),
    isOneLan,
    because: isOneLan ? ONE_LAN : NOBODY_KNOWS,
  });
  return [
    ...lans.filter((lan) => lan.length > 1).map((lan) => entry(lan.flat(), true)),
    ...unsure.filter((some) => some.length > 1).map((some) => entry(some.flat().flat(), false)),
  ];
}

const ONE_LAN = 'both know the gateway of their subnet by the same MAC';
const NOBODY_KNOWS =
  'whether they are on one LAN cannot be told: no gateway that both know by its MAC';

function areTwoHosts(a: Judged, b: Judged): boolean {
  return a !== b && speakAlike(a, b) && !isSameHost(a, b);
}

/** On one LAN, on two, or nobody knows; `same` where it is no matter, for they are ends of one host, or of two cases. */
type Place = 'one' | 'apart' | 'unknown' | 'same';

function placeOf(a: End | undefined, b: End | undefined, all: readonly Judged[]): Place {
  const [mine, yours] = [all[a?.bundle ?? -1], all[b?.bundle ?? -1]];
  if (a === undefined || b === undefined || mine === undefined || yours === undefined)
    return 'same';
  if (!areTwoHosts(mine, yours)) return 'same';
  const [ours, theirs] = [gatewaysOf(mine), gatewaysOf(yours)];
  const subnets = [...a.subnets, ...b.subnets];
  const common = [...ours.keys()]
    .filter((gateway) => theirs.has(gateway))
    .filter((gateway) => subnets.some((subnet) => isWithin(gateway, subnet)));
  if (common.length === 0) return 'unknown';
  return common.some((gateway) => ours.get(gateway) === theirs.get(gateway)) ? 'one' : 'apart';
}

function isWithin(ip: string, subnet: string): boolean {
  return networkOf(ip, Number(subnet.split('/')[1])) === subnet;
}

/** MACs under which gateways of children answered or are known, by address. */
const gatewaysOf = oncePer(({ snapshot, topology }: Judged): ReadonlyMap<string, string> => {
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
});
