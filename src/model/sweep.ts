// Whole ranges of addresses, asked for one by one on the LAN, and who answered.

/** A range to be asked for by its parent, with ARP probes (RFC 5227): nobody's cache changes by them. */
export interface SweepStep {
  /** Its name in the host's namespace. */
  readonly parent: string;
  /** The parent's own MAC. */
  readonly mac: string;
  /** The part of a subnet, as a prefix. */
  readonly range: string;
  /** What of it is asked for, as numbers, both ends included. */
  readonly first: number;
  readonly last: number;
  /** Addresses in it that are left out: whose they are is known. */
  readonly known: ReadonlySet<string>;
}

/** Somebody has the address, or says so. */
export interface SweepAnswer {
  readonly ip: string;
  readonly mac: string;
}

/** What came of a range. */
export interface Sweep {
  readonly parent: string;
  readonly range: string;
  /** How many addresses it has that an engine could hand out and whose owner is not known. */
  readonly addresses: number;
  /** Frames. */
  readonly sent: number;
  /** At most two for one address, in the order of the addresses. */
  readonly answers: readonly SweepAnswer[];
  /** Why nobody was asked, or not all of them, or nothing was heard: then silence proves nothing. */
  readonly error?: string;
}
