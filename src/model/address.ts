// An IP address on a link, under the names that `ip -d -j addr` prints.

/** AF_INET and AF_INET6, as iproute2 spells them. */
export type Family = 'inet' | 'inet6';

/** One entry of `addr_info`, with the link it stands on. */
export interface Address {
  readonly ifname: string;
  readonly family: Family;
  /** The address itself, without its prefix. */
  readonly local: string;
  /** 0 to 32, IPv6 to 128. */
  readonly prefixlen: number;
  /** `global`, `link`, `host`, `site`. */
  readonly scope: string;
  /** The other end of a point-to-point address. */
  readonly address?: string;
  readonly broadcast?: string;
  /** IFA_LABEL: the link's name, or an alias like `eth0:1`; IPv4 only. */
  readonly label?: string;
  /** It has a lifetime, given by DHCP or a router. */
  readonly dynamic?: boolean;
  readonly secondary?: boolean;
  /** The kernel made no route to its subnet (IFA_F_NOPREFIXROUTE). */
  readonly noprefixroute?: boolean;
  /** Not in use yet: duplicates are still being looked for (RFC 4862); IPv6 only. */
  readonly tentative?: boolean;
  /** Not in use: somebody else has it (RFC 4862); IPv6 only. */
  readonly dadfailed?: boolean;
}
