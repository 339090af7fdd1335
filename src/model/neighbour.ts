// ARP and ND cache entries, and a parent's receive filter, under iproute2's names.

/** Neighbour unreachability detection (RFC 4861; linux/neighbour.h), as ip-neighbour(8) spells it. */
export const NUD_STATES = [
  'NONE',
  'INCOMPLETE',
  'REACHABLE',
  'STALE',
  'DELAY',
  'PROBE',
  'FAILED',
  'NOARP',
  'PERMANENT',
] as const;
/** One of {@link NUD_STATES}. */
export type NudState = (typeof NUD_STATES)[number];

/** One entry as `ip -j neigh` prints it. `STALE` is normal; only `FAILED` and a lasting `INCOMPLETE` are news. */
export interface Neighbour {
  readonly dst: string;
  readonly dev: string;
  /** Its MAC; absent while it is not resolved. */
  readonly lladdr?: string;
  readonly state: readonly NudState[];
}

/** Asked for in vain, or not answered yet. */
export function isUnresolved({ state }: Neighbour): boolean {
  return state.includes('FAILED') || state.includes('INCOMPLETE');
}

/** One entry as `bridge -j fdb show dev DEV` prints it. */
export interface FdbEntry {
  readonly mac: string;
  readonly ifname: string;
  /** `self`: of the device's own filter; `master`: of the bridge that enslaves it. */
  readonly flags: readonly string[];
  /** `permanent`, `static`, … */
  readonly state: string;
}

/** The ARP table that all network namespaces share, as RTM_GETNEIGHTBL tells it (rtnetlink(7), ip-ntable(8)). */
export interface NeighbourTable {
  /** Entries of all namespaces together. */
  readonly entries: number;
  /** `net.ipv4.neigh.default.gc_thresh3`: with so many, new ones are refused. */
  readonly gcThresh3: number;
  /** `gc_thresh1`: below it, none is collected; and `gc_thresh2`: beyond it, old ones are, at once. */
  readonly gcThresh1?: number;
  readonly gcThresh2?: number;
  /** How often an entry was refused since the machine booted. */
  readonly tableFulls: number;
}
