// Routes, rules and route look-ups, under the names that `ip -d -j route`, `rule` and `route get` print.
import type { Family } from './address.js';

/** One of several ways of a multipath route. */
export interface NextHop {
  readonly gateway?: string;
  readonly dev?: string;
  readonly flags: readonly string[];
}

/** One route of one table. */
export interface Route {
  readonly family: Family;
  /** `unicast`, `local`, `broadcast`, `multicast`, `blackhole`, `unreachable`, `prohibit`, … */
  readonly type: string;
  /** `default`, an address, or a prefix. */
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
  /** `main`, `local`, `default`, or the number as text. */
  readonly table: string;
  /** Who made it: `kernel`, `static`, `dhcp`, `boot`, … (rtnetlink(7)). */
  readonly protocol: string;
  /** How far away: `link`, `global`, `host`. */
  readonly scope: string;
  /** Source address that the kernel prefers for what it sends by this route. */
  readonly prefsrc?: string;
  /** Of two routes to one destination the lower wins; absent is 0. */
  readonly metric?: number;
  readonly flags: readonly string[];
  readonly nexthops?: readonly NextHop[];
}

/** One policy rule (ip-rule(8)). */
export interface Rule {
  readonly family: Family;
  /** Lower ones are asked first. */
  readonly priority: number;
  /** `all`, an address or a prefix, as iproute2 prints `src`. */
  readonly src: string;
  readonly dst?: string;
  readonly iif?: string;
  readonly oif?: string;
  readonly fwmark?: string;
  readonly table?: string;
  readonly action?: string;
}

/** What the kernel of the host's namespace would do with a packet to `dst` (`ip route get`). */
export interface RouteLookup {
  readonly dst: string;
  readonly dev?: string;
  readonly gateway?: string;
  readonly prefsrc?: string;
  readonly table?: string;
  readonly type?: string;
  /** Set when the kernel refuses: `Network is unreachable`, … */
  readonly error?: string;
}
