// ARP and ND cache entries, and a parent's receive filter, under iproute2's names.

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
export type NudState = (typeof NUD_STATES)[number];

/** One entry as `ip -j neigh` prints it. `STALE` is normal; only `FAILED` and a lasting `INCOMPLETE` are news. */
export interface Neighbour {
  readonly dst: string;
  readonly dev: string;
  readonly lladdr?: string;
  readonly state: readonly NudState[];
}

/** One entry as `bridge -j fdb show dev DEV` prints it. */
export interface FdbEntry {
  readonly mac: string;
  readonly ifname: string;
  readonly flags: readonly string[];
  /** `permanent`, `static`, … */
  readonly state: string;
}
