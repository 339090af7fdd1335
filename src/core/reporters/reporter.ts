// The one shape of a reporter: report in, text out, and what it may know besides the report.
import type { CheckMeta } from '../../model/check.js';
import type { Report } from '../../model/report.js';
import type { TextOptions } from './style.js';

export interface ReporterOptions extends TextOptions {
  /** The mildest finding that the gate does not let pass. */
  readonly failOn: 'fail' | 'warn';
  /** What could not be decided counts, too. */
  readonly strict: boolean;
  /** Every check there is: what a rule is about stands in the form itself where the form has room for it. */
  readonly checks: readonly CheckMeta[];
}

/** Pure; the same report and options give the same text. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
