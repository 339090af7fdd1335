// Which ranges are asked through on the LAN: what the engine would hand out on each planned network, unless that is too much.
import { valueOf } from '../../model/fact.js';
import { hasCarrier, isAdminUp } from '../../model/link.js';
import type { IpamPool, RuntimeNetwork } from '../../model/runtime-network.js';
import type { Facts } from '../../model/snapshot.js';
import type { Sweep, SweepStep } from '../../model/sweep.js';
import type { Parent, Topology } from '../../model/topology.js';
import {
  covers,
  ipv4FromNumber,
  ipv4Range,
  networkOf,
  parseCidr,
} from '../derive/addressing/subnets.js';
import { refusedNetworks } from '../derive/planned/engine-says.js';
import { handedOut, handoutRange } from '../derive/engine-networks/handouts.js';
import {
  MOST_TOLD,
  MOST_UNTOLD,
  MOST_UNTOLD_TOGETHER,
  sweepSeconds,
} from '../derive/probing/sweep-pace.js';
import { sizeOf } from '../derive/probing/sweep-range.js';
import { contentOf } from '../derive/topology/content.js';
import { macvlanNetworksOn } from '../derive/topology/parents.js';
import { isToBeMade } from './planned-vlan.js';

export interface SweepPlan {
  readonly steps: readonly SweepStep[];
  /** Those that nobody is asked about, with the reason. */
  readonly left: readonly Sweep[];
}

export interface SweepOptions {
  /** Ranges of any size (`--sweep`). */
  readonly isTold: boolean;
  /** The upper end of each subnet as well, to find a free range in (`--suggest`). */
  readonly isSuggesting?: boolean;
}

/** `facts` and topology with the plan in them. */
export function planSweeps(topology: Topology, facts: Facts, options: SweepOptions): SweepPlan {
  const names = toBeThere(facts);
  const sought = new Set(options.isSuggesting === true ? toBeMade(facts) : []);
  const known = ownedHere(facts);
  const steps: SweepStep[] = [];
  const left: Sweep[] = [];
  for (const parent of topology.parents) {
    const upper = poolsOn(parent, sought).map((pool) => upperEnd(pool, options));
    for (const pool of [...upper, ...poolsOn(parent, names)]) {
      const step = stepFor(pool, parent, known);
      if (step === undefined || isCovered(step, [...steps, ...left])) continue;
      const error = obstacleOn(parent, facts) ?? tooLarge(step, steps, options);
      if (error === undefined) steps.push(step);
      else left.push(leave(step, error));
    }
  }
  return { steps, left };
}

/** Names of the plan's networks, but of those that are refused. */
function toBeThere(facts: Facts): ReadonlySet<string> {
  const planned = valueOf(facts.plan);
  if (planned === undefined) return new Set();
  const refused = new Set(refusedNetworks(planned, facts).map(({ network }) => network));
  return new Set(planned.networks.filter((one) => !refused.has(one)).map(({ name }) => name));
}

/** Refused ones too: another range may be what they lack. */
function toBeMade({ plan }: Facts): string[] {
  const networks = valueOf(plan)?.networks ?? [];
  return networks.filter(({ isExternal }) => !isExternal).map(({ name }) => name);
}

/** As much of a subnet as is asked through, told or untold. */
function upperEnd({ subnet, auxAddresses }: IpamPool, { isTold }: SweepOptions): IpamPool {
  const net = parseCidr(subnet);
  const range = ipv4Range(subnet);
  if (net === undefined || range === undefined) return { subnet, auxAddresses };
  const width = 32 - Math.log2(isTold ? MOST_TOLD : MOST_UNTOLD);
  const upper = networkOf(ipv4FromNumber(range.last), Math.max(net.prefixlen, width));
  return { subnet, auxAddresses, ipRange: upper };
}

function poolsOn(parent: Parent, names: ReadonlySet<string>): readonly IpamPool[] {
  return macvlanNetworksOn(parent)
    .filter(({ name, isConfigOnly }: RuntimeNetwork) => names.has(name) && !isConfigOnly)
    .flatMap(({ pools }) => pools);
}

function stepFor(
  pool: IpamPool,
  { name, link }: Parent,
  known: ReadonlySet<string>,
): SweepStep | undefined {
  const range = handoutRange(pool);
  if (range === undefined) return undefined;
  return { parent: name, mac: link.address ?? '', range: handedOut(pool), ...range, known };
}

function isCovered(
  { parent, range }: SweepStep,
  before: readonly Pick<Sweep, 'parent' | 'range'>[],
): boolean {
  return before.some((one) => one.parent === parent && covers(one.range, range));
}

/** What checks of the parent say themselves, and what only another run can do. */
function obstacleOn({ name, link }: Parent, { platform }: Facts): string | undefined {
  if (isToBeMade(link)) return `${name} is not there yet`;
  if (!isAdminUp(link) || !hasCarrier(link)) return `${name} is down or has no carrier`;
  if (link.link_type !== 'ether' || link.address === undefined) return `${name} is no Ethernet`;
  if (valueOf(platform)?.privileges.canOpenRawSockets === false) return 'asking takes root';
  return undefined;
}

function tooLarge(
  step: SweepStep,
  before: readonly SweepStep[],
  { isTold }: SweepOptions,
): string | undefined {
  const size = sizeOf(step);
  const together = before.reduce((sum, one) => sum + sizeOf(one), size);
  if (isTold || (size <= MOST_UNTOLD && together <= MOST_UNTOLD_TOGETHER)) return undefined;
  const how =
    size > MOST_TOLD
      ? `--sweep asks for ${MOST_TOLD.toString()} at the most, so name an ip-range`
      : `--sweep asks them all, in about ${sweepSeconds(size).toString()} s`;
  return `${size.toString()} addresses; ${how}`;
}

function leave(step: SweepStep, error: string): Sweep {
  const { parent, range } = step;
  return { parent, range, addresses: sizeOf(step), sent: 0, answers: [], error };
}

/** Those of this machine and of its engine's networks: who answers for one of them is another question. */
function ownedHere(facts: Facts): ReadonlySet<string> {
  const { networks = [], containers = [] } = valueOf(facts.runtime) ?? {};
  const here = (valueOf(facts.namespaces) ?? []).flatMap((netns) =>
    contentOf(netns).addresses.map(({ local }) => local),
  );
  const pools = networks.flatMap((network) => network.pools);
  const held = networks.flatMap((network) => network.held ?? []);
  const given = [...held, ...containers.flatMap(({ endpoints }) => endpoints)];
  return new Set([
    ...here,
    ...pools.flatMap(({ gateway = '', auxAddresses }) => [gateway, ...Object.values(auxAddresses)]),
    ...given.map(({ ipv4 = '' }) => ipv4.split('/')[0] ?? ''),
  ]);
}
