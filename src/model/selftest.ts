// What `lab selftest` found: every practice LAN with what was staged in it and what the doctor said (schemaVersion 1).
import type { Status } from './report.js';

/** Raised when an old script would misread a new object. */
export const SELFTEST_SCHEMA_VERSION = 1;

/** A result that the report had to hold. */
export interface SelftestExpected {
  check: string;
  status: Status;
}

/** A result that the report should not have held. */
export interface SelftestAlarm {
  check: string;
  status: Status;
  /** Kind and name of what it was about. */
  subject: string;
  /** One sentence of the report. */
  says: string;
}

/** One practice LAN in which the doctor was run. */
export interface SelftestTrial {
  scenario: string;
  /** The same LAN without the fault. */
  isTwin: boolean;
  seed: number;
  expected: SelftestExpected[];
  missed: SelftestExpected[];
  falseAlarms: SelftestAlarm[];
  /** Why there was no report; then everything expected counts as missed. */
  broken?: string;
  /** Milliseconds, building and removing included. */
  durationMs: number;
  /** Looks at this one alone. */
  again: string;
}

/** A practice LAN that this system cannot build: it proves nothing either way. */
export interface SelftestNotStaged {
  scenario: string;
  /** One sentence. */
  why: string;
}

/** The confusion matrix of one check over all LANs. */
export interface SelftestCheck {
  check: string;
  /** LANs in which it had to be found. */
  staged: number;
  found: number;
  missed: number;
  /** LANs in which it was reported, and is not true. */
  falseAlarms: number;
  /** LANs in which it had nothing to say, and said nothing. */
  quiet: number;
}

/** What `lab selftest --json` prints. */
export interface Selftest {
  schemaVersion: typeof SELFTEST_SCHEMA_VERSION;
  tool: { name: string; version: string };
  startedAt: string;
  durationMs: number;
  host: { kernel: string; privileged: boolean };
  /** Draws the whole set again, together with the list of scenarios. */
  seed: number;
  /** Practice LANs that stood at the same time. */
  jobs: number;
  summary: {
    trials: number;
    staged: number;
    found: number;
    missed: number;
    falseAlarms: number;
    /** LANs in which the doctor gave no report. */
    broken: number;
    notStaged: number;
    /** Found of staged, from 0 to 1; absent where nothing was staged. */
    recall?: number;
  };
  checks: SelftestCheck[];
  trials: SelftestTrial[];
  notStaged: SelftestNotStaged[];
}
