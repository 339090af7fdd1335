// Report → the one line that Nagios, Icinga and their kind read: state, sentence, performance data.
// The state is a word in the line; the exit code is the contract's, as in every format.
import type { CheckResult, Report } from '../../../model/report.js';
import { cleanReport } from '../clean.js';
import { subjectOf, verdictOf } from '../head.js';
import { findingsOf } from '../order.js';
import { subjectText } from '../prose.js';
import type { Reporter } from '../reporter.js';
import { cutEnd } from '../width.js';

/** Nagios keeps 4 KiB of a plug-in's output; some front ends and text messages show far less. */
const COLUMNS = 400;

export const renderNagios: Reporter = (report, { strict }) => {
  const clean = cleanReport(report);
  const findings = findingsOf(clean).map((finding) => nameOf(finding));
  const text = [verdictOf(clean), ...(findings.length === 0 ? [subjectOf(clean)] : findings)];
  const sentence = cutEnd(`${text[0] ?? ''}: ${text.slice(1).join(', ')}`, COLUMNS);
  return `MACVLAN ${stateOf(clean, strict)} - ${withoutBar(sentence)}|${performance(clean)}\n`;
};

type State = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

/** What could not be decided is no alarm on most hosts, every day anew: it is one where `--strict` says so. */
function stateOf({ summary }: Report, isStrict: boolean): State {
  if (summary.fail > 0) return 'CRITICAL';
  if (summary.warn > 0) return 'WARNING';
  return isStrict && summary.undetermined + summary.crashed > 0 ? 'UNKNOWN' : 'OK';
}

function nameOf(finding: CheckResult): string {
  return `${finding.check} (${subjectText(finding)})`;
}

/** The bar begins the performance data, wherever it stands. */
function withoutBar(text: string): string {
  return text.replaceAll('|', String.raw`\u{7c}`);
}

/** 'label'=value[unit];[warn];[crit];[min];[max]. The range `0` is left by everything above it. */
function performance({ summary, reachability, framesSent, durationMs }: Report): string {
  const times = reachability.flatMap(({ rttMs }) => (rttMs === undefined ? [] : [rttMs]));
  const asked = reachability.filter(({ sent }) => sent > 0);
  const answered = asked.filter((probe) => probe.answered).length;
  return [
    `fail=${summary.fail.toString()};;0;0`,
    `warn=${summary.warn.toString()};0;;0`,
    `undetermined=${summary.undetermined.toString()};;;0`,
    `accepted=${summary.accepted.toString()};;;0`,
    `crashed=${summary.crashed.toString()};;;0`,
    `answered=${answered.toString()};;;0;${asked.length.toString()}`,
    ...(times.length === 0 ? [] : [`slowest_answer=${Math.max(...times).toString()}ms;;;0`]),
    `frames=${framesSent.toString()};;;0`,
    `time=${(durationMs / 1000).toFixed(3)}s;;;0`,
  ].join(' ');
}
