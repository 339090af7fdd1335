// Findings that somebody has accepted for a while: what a baseline file says.
import type { Subject } from './finding.js';

/** Raised when an old doctor would misread a new file. */
export const BASELINE_SCHEMA_VERSION = 1;

/** One accepted finding: known again by its check, code and subject, and by its fingerprint where one is given. */
export interface BaselineEntry {
  check: string;
  code: string;
  subject: Subject;
  /** As reports have it; tells findings apart that stand in different places of a file. */
  fingerprint?: string;
  /** What it was when it was accepted. A failure is not covered by an accepted warning. */
  severity?: 'fail' | 'warn';
  /** Why it is accepted, for whoever reads the file next. */
  reason: string;
  /** The last day on which it is accepted (UTC), as in 2026-01-31. */
  expires: string;
}

/** A whole baseline file, YAML or JSON. */
export interface Baseline {
  schemaVersion: typeof BASELINE_SCHEMA_VERSION;
  accepted: BaselineEntry[];
}
