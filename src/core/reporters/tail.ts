// The tail of the terminal report: what is fine, what could not be decided and how to decide it, and remarks on the run.
import { CATEGORIES } from '../../model/check.js';
import type { CheckResult, Report } from '../../model/report.js';
import { symptomTexts } from './finding.js';
import { groupsOf, idsOf, orphanSymptomsOf, reasonOf, withStatus } from './order.js';
import { acceptedText, nameOf, subjectText } from './prose.js';
import { plural, type Style } from './style.js';
import { padEnd, wrap } from './width.js';

const MARGIN = 15;
/** Room for the longest category. */
const NAME_WIDTH = 11;

/** One line per category in which nothing was found. */
export function fineLines(report: Report, style: Style): string[] {
  const sick = new Set(
    report.results
      .filter((result) => ['fail', 'warn', 'accepted', 'crashed'].includes(result.status))
      .map((result) => result.category),
  );
  const lines = CATEGORIES.filter((category) => !sick.has(category)).flatMap((category) => {
    const passed = withStatus(report, 'pass').filter((result) => result.category === category);
    if (passed.length === 0) return [];
    const ids = style.verbose ? `: ${idsOf(passed).join(', ')}` : '';
    const texts = wrap(plural(passed.length, 'check') + ids, style.width - MARGIN - NAME_WIDTH);
    return texts.map((text, index) => padEnd(index === 0 ? category : '', NAME_WIDTH) + text);
  });
  return label('fine', lines, style);
}

export function undecidedLines(report: Report, style: Style): string[] {
  const byReason = groupsOf(withStatus(report, 'undetermined'), reasonOf);
  const lines = [...byReason].map(
    ([reason, results]) => `${idsOf(results).join(', ')}: ${reason}${aboutWhom(results)}`,
  );
  return block('not decided', lines, style);
}

/** Names that say which part is in the dark; many of them say nothing. */
const NAMES_SHOWN = 3;

function aboutWhom(results: readonly CheckResult[]): string {
  const names = [
    ...new Set(
      results
        .filter((result) => result.subject.kind !== 'host')
        .map((result) => result.subject.name),
    ),
  ];
  if (names.length === 0) return '';
  const rest = names.length - NAMES_SHOWN;
  const more = rest > 0 ? ` and ${rest.toString()} more` : '';
  return ` (${names.slice(0, NAMES_SHOWN).join(', ')}${more})`;
}

/** What is quiet behind a cause that nobody asked to see. */
export function hiddenLines(report: Report, style: Style): string[] {
  if (!style.verbose) return [];
  const byCause = groupsOf(orphanSymptomsOf(report), ({ suppressedBy = '' }) => suppressedBy);
  const texts = [...byCause].flatMap(([cause, symptoms]) =>
    symptomTexts(symptoms).map((text) => `behind ${cause}: ${text}`),
  );
  return block('hidden', texts, style);
}

/** What a baseline covers, and what in it covers nothing. */
export function acceptedLines(report: Report, style: Style): string[] {
  const stale = (report.staleEntries ?? []).map(
    ({ check, code, subject }) => `${check}, ${code} (${nameOf(subject)})`,
  );
  return [
    ...block(
      'accepted',
      withStatus(report, 'accepted').map(
        (result) => `${result.check} (${subjectText(result)}): ${acceptedText(result)}`,
      ),
      style,
    ),
    ...(stale.length === 0
      ? []
      : block('stale', [`in the baseline, and not found any more: ${stale.join('; ')}`], style)),
  ];
}

export function crashLines(report: Report, style: Style): string[] {
  const lines = withStatus(report, 'crashed').map((result) => {
    const [first = ''] = (result.reason ?? '').split('\n');
    return `${result.check}: ${first}. This is a bug of macvlan-doctor; --json holds the whole stack for a report.`;
  });
  return block('crashed', lines, style);
}

export function noteLines(report: Report, style: Style): string[] {
  const sent = style.verbose
    ? [
        `${plural(report.framesSent, 'frame')} sent; at most ${report.frameLimit.frames.toString()} = ${report.frameLimit.formula}`,
        `started ${report.startedAt}, took ${report.durationMs.toString()} ms`,
      ]
    : [];
  return block('note', [...report.notes, ...sent], style);
}

/** Each text with the label of its own: where the next one begins must show. */
function block(name: string, texts: readonly string[], style: Style): string[] {
  return texts.flatMap((text) => label(name, wrap(text, style.width - MARGIN), style));
}

function label(name: string, lines: readonly string[], style: Style): string[] {
  return lines.map((line, index) => {
    const lead = padEnd(index === 0 ? `  ${name}` : '', MARGIN);
    return (index === 0 ? style.dim(lead) : lead) + line;
  });
}
