// What stands between a packet and a process inside one namespace.

/** Who would take a connection there. */
export interface NetnsServices {
  /** TCP ports that are listened on for any address or one of the namespace's own, ascending; at most a few are kept. */
  readonly listening: readonly number[];
}

/** One rule, or one chain's policy, that drops or rejects packets. */
export interface DroppingRule {
  /** `ip`, `ip6`, `inet`, `bridge`, `netdev`, `arp`. */
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  /** Netfilter hook of the chain, for base chains: `input`, `forward`, `output`, `ingress`, … */
  readonly hook?: string;
  /** `drop`, `reject`, `policy drop`. */
  readonly verdict: string;
  /** What it is about, as nft(8) would print it: `icmp type echo-request`; empty for a policy. */
  readonly matches: string;
  /** Packets it counted; absent where it counts none. */
  readonly packets?: number;
}

/** The packet filter of one namespace, as far as it drops. */
export interface NetnsRules {
  readonly dropping: readonly DroppingRule[];
}
