// What is known of a planned network's subnet: who has which address, who hands out what, and where nobody answered.
import { valueOf } from '../../../model/fact.js';
import { isAnswered } from '../../../model/observation.js';
import type { Plan, PlannedNetwork } from '../../../model/plan.js';
import type { IpamPool } from '../../../model/runtime-network.js';
import type { Facts, Snapshot } from '../../../model/snapshot.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { knownAddresses } from '../../derive/addressing/free-address.js';
import { covers, overlaps, parseCidr } from '../../derive/addressing/subnets.js';
import { handedOut } from '../../derive/engine-networks/handouts.js';
import { answersIn, type RangeAnswers } from '../../derive/owners/range-answers.js';
import { contentOf } from '../../derive/topology/content.js';
import type { Ground } from './range.js';

export interface Asked {
  readonly ground: Ground;
  /** Why the LAN's silence is not known, where it is not. */
  readonly unasked?: string;
}

interface About {
  readonly network: PlannedNetwork;
  readonly pool: IpamPool;
  readonly parent: Parent;
}

/** What was seen, without the plan in its facts and with it. */
export interface Looked {
  readonly before: Facts;
  readonly snapshot: Snapshot;
  readonly topology: Topology;
}

export interface Around {
  readonly plan: Plan;
  readonly looked: Looked;
  /** Ranges of the suggestions before. */
  readonly made: readonly string[];
}

export function groundFor(about: About, { plan, looked, made }: Around): Asked {
  const { before, snapshot, topology } = looked;
  const subnet = parseCidr(about.pool.subnet)?.text ?? about.pool.subnet;
  const look = { topology, facts: snapshot.facts, observations: snapshot.observations };
  const sweeps = (valueOf(snapshot.facts.sweeps) ?? [])
    .filter(({ parent, range }) => parent === about.parent.name && overlaps(subnet, range))
    .flatMap(({ range }) => answersIn(range, about.parent, look) ?? []);
  const ground = {
    subnet,
    taken: takenIn(plan, { before, snapshot, sweeps }),
    others: [
      ...othersThan(about, subnet, { before, plan }),
      ...made,
      ...routesIn(subnet, topology),
    ],
  };
  const unasked = whyUnasked(snapshot, sweeps);
  if (unasked !== undefined) return { ground, unasked };
  const asked = sweeps
    .filter(({ sweep }) => sweep.error === undefined && covers(subnet, sweep.range))
    .map(({ sweep }) => sweep.range);
  return { ground: { ...ground, asked } };
}

function whyUnasked({ facts }: Snapshot, sweeps: readonly RangeAnswers[]): string | undefined {
  if (facts.sweeps.state !== 'known') return facts.sweeps.reason;
  const proxies = sweeps.flatMap((one) => one.proxies);
  if (proxies[0] !== undefined) return `${proxies[0]} answers for addresses that are nobody's too`;
  const usable = sweeps.some(({ sweep }) => sweep.error === undefined);
  return usable ? undefined : (sweeps[0]?.sweep.error ?? 'nothing of it was to be asked');
}

/** By this host, by what the plan keeps, and by whoever answered. */
function takenIn(
  { networks }: Plan,
  {
    before,
    snapshot,
    sweeps,
  }: {
    readonly before: Facts;
    readonly snapshot: Snapshot;
    readonly sweeps: readonly RangeAnswers[];
  },
): ReadonlySet<string> {
  const pools = networks.flatMap((network) => network.pools);
  const hasProxy = sweeps.some(({ proxies }) => proxies.length > 0);
  const answered = snapshot.observations.filter(
    (one) => one.send.kind === 'arp' && isAnswered(one) && !hasProxy,
  );
  return new Set([
    ...knownAddresses(before),
    ...pools.flatMap(({ gateway, auxAddresses }) => [
      gateway ?? '',
      ...Object.values(auxAddresses),
    ]),
    ...sweeps.flatMap(({ taken }) => taken.map(({ ip }) => ip)),
    ...answered.map(({ target }) => target),
  ]);
}

/** What other networks hand out. Docker keeps one list for the very same subnet: whoever has all of it is in nobody's way. */
function othersThan(
  { network }: About,
  subnet: string,
  { before, plan }: { readonly before: Facts; readonly plan: Plan },
): string[] {
  const runtime = valueOf(before.runtime);
  const isOneList = runtime?.engine.flavour !== 'podman';
  const there = (runtime?.networks ?? [])
    .filter(({ name, isConfigOnly }) => name !== network.name && !isConfigOnly)
    .flatMap(({ pools }) => pools)
    .map((pool) => handedOut(pool))
    .filter((range) => !(isOneList && range === subnet));
  const planned = plan.networks
    .filter((one) => one !== network)
    .flatMap(({ pools }) => pools.flatMap(({ ipRange }) => ipRange ?? []));
  return [...there, ...planned];
}

/** Parts of the subnet that this host has a way of its own to. */
function routesIn(subnet: string, { host }: Topology): string[] {
  return contentOf(host)
    .routes.filter(({ type }) => type !== 'local' && type !== 'broadcast')
    .map(({ dst }) => parseCidr(dst)?.text ?? '')
    .filter((dst) => dst !== subnet && covers(subnet, dst));
}
