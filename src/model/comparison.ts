// What `analyze` says of several bundles: how one host changed, and what several hosts have in common that nobody may share.
import type { Subject } from './finding.js';
import type { Status, Summary } from './report.js';

/** Raised when an old script would misread a new comparison. */
export const COMPARISON_SCHEMA_VERSION = 1;

/** One of the bundles, in the order of the command line. */
export interface ComparedBundle {
  file: string;
  host: string;
  takenAt: string;
  /** Tells keys of stand-ins apart; absent where names are real, or nobody says. */
  keyId?: string;
  summary: Summary;
}

/** A verdict that is not the same in both; absent: the check said nothing of this subject. */
export interface VerdictChange {
  check: string;
  subject: Subject;
  title: string;
  before?: Status;
  after?: Status;
}

/** Two bundles of one host, the earlier one first. */
export interface Difference {
  /** Indexes into `bundles`. */
  before: number;
  after: number;
  verdicts: VerdictChange[];
  /** Facts as sentences: only in the earlier, only in the later. */
  gone: string[];
  added: string[];
}

/** Who has an address or a MAC. */
export interface SharedBy {
  /** Index into `bundles`. */
  bundle: number;
  /** `parent eth0`, `child eth0@web`, `shim mvd-shim`. */
  who: string;
}

/** An address or a MAC that ends of several hosts have. */
export interface Shared {
  kind: 'address' | 'mac';
  value: string;
  by: SharedBy[];
  /** They are known to be on one LAN, so that this breaks something; otherwise nobody can tell from here. */
  isOneLan: boolean;
  /** Why it is one LAN, or why nobody can tell. */
  because: string;
}

/** `analyze --json` of several bundles. */
export interface Comparison {
  schemaVersion: typeof COMPARISON_SCHEMA_VERSION;
  tool: { name: string; version: string };
  bundles: ComparedBundle[];
  differences: Difference[];
  shared: Shared[];
  /** What could not be compared, and why. */
  notes: string[];
}
