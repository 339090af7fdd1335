// An IP address on a link, under the names that `ip -d -j addr` prints.

export type Family = 'inet' | 'inet6';

/** One entry of `addr_info`, with the link it stands on. */
export interface Address {
  readonly ifname: string;
  readonly family: Family;
  readonly local: string;
  readonly prefixlen: number;
  /** `global`, `link`, `host`, `site`. */
  readonly scope: string;
  /** The other end of a point-to-point address. */
  readonly address?: string;
  readonly broadcast?: string;
  readonly label?: string;
  readonly dynamic?: boolean;
  readonly secondary?: boolean;
  readonly noprefixroute?: boolean;
  readonly tentative?: boolean;
  readonly dadfailed?: boolean;
}
