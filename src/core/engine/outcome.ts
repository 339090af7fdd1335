// What one check said of one subject, before causes and symptoms have been sorted out.
import type { Check } from '../../model/check.js';
import type { Finding, Subject } from '../../model/finding.js';
import type { Status } from '../../model/report.js';

export interface Outcome {
  readonly check: Check;
  readonly status: Status;
  readonly subject: Subject;
  readonly within: readonly Subject[];
  readonly parts?: readonly Subject[];
  /** Set for warn and fail. */
  readonly finding?: Finding;
  /** Set for the other statuses but pass. */
  readonly reason?: string;
  readonly suppressedBy?: string;
  /** What that check found it on. */
  readonly suppressedOn?: Subject;
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
