// Where two networks of an engine hand out the same addresses.
import { indexBy } from '../../../model/index-by.js';
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { networkOf, parseCidr } from '../addressing/subnets.js';
import { handedOut } from './handouts.js';
import type { PlacedNetwork } from './networks.js';

export interface Twice {
  readonly network: RuntimeNetwork;
  readonly other: RuntimeNetwork;
  readonly pool: IpamPool;
  readonly otherPool: IpamPool;
}

/** A part of the LAN that addresses are given away of. */
interface Handout {
  readonly network: RuntimeNetwork;
  readonly pool: IpamPool;
  /** Its place among all. */
  readonly at: number;
  /** Docker keeps one list of addresses for each subnet, so only subnets of different lengths collide; Podman one for each network. */
  readonly list: string;
}

/** Pools that can give away an address of a network before theirs on the same parent: each with the first that it runs into. */
export function handedOutTwice(
  placed: readonly PlacedNetwork[],
  flavour: 'docker' | 'podman',
): Twice[] {
  const known = placed.filter(({ parent }) => parent !== undefined);
  const parents = [...indexBy(known, ({ parent }) => parent).values()];
  return parents.flatMap((here) => {
    const pools = here.flatMap(({ network }) => network.pools.map((pool) => ({ network, pool })));
    return collisionsOf(
      pools.map(({ network, pool }, at) => ({
        network,
        pool,
        at,
        list: flavour === 'docker' ? (parseCidr(pool.subnet)?.text ?? '') : network.id,
      })),
    );
  });
}

/** Of two prefixes that overlap one holds the other: so it is among the few above, or has been noted there. */
function collisionsOf(handouts: readonly Handout[]): Twice[] {
  const parts = handouts.map(({ pool }) => parseCidr(handedOut(pool)));
  const lengths = [...new Set(parts.map((part) => part?.prefixlen ?? 0))];
  const itself: ByPrefix = new Map();
  const within: ByPrefix = new Map();
  return handouts.flatMap((handout): Twice[] => {
    const part = parts[handout.at];
    if (part === undefined) return [];
    const above = lengths
      .filter((length) => length <= part.prefixlen)
      .map((length) => networkOf(part.network, length));
    const found = [
      firstOther(within, part.text, handout),
      ...above.map((prefix) => firstOther(itself, prefix, handout)),
    ].filter((one) => one !== undefined);
    const first = found.toSorted((a, b) => a.at - b.at)[0];
    note(itself, part.text, handout);
    for (const prefix of above) note(within, prefix, handout);
    const { network, pool } = handout;
    return first === undefined
      ? []
      : [{ network, other: first.network, pool, otherPool: first.pool }];
  });
}

/** Two of each list, of different networks, are enough to find one that is somebody else's. */
type ByPrefix = Map<string, Map<string, Handout[]>>;

function note(known: ByPrefix, prefix: string, handout: Handout): void {
  const lists = known.get(prefix) ?? new Map<string, Handout[]>();
  const noted = lists.get(handout.list) ?? [];
  if (noted.length < 2 && noted[0]?.network !== handout.network) noted.push(handout);
  lists.set(handout.list, noted);
  known.set(prefix, lists);
}

function firstOther(
  known: ByPrefix,
  prefix: string,
  { list, network }: Handout,
): Handout | undefined {
  for (const [name, noted] of known.get(prefix) ?? []) {
    const other = name === list ? undefined : noted.find((one) => one.network !== network);
    if (other !== undefined) return other;
  }
  return undefined;
}
