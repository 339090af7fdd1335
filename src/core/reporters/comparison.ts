// Comparison → the terminal.
import type { Comparison, Difference, Shared, VerdictChange } from '../../model/comparison.js';
import { printable } from '../../model/text.js';
import { makeStyle, plural, type Style, type TextOptions } from './style.js';
import { wrap } from './width.js';

/** Facts shown of each kind before the rest is only counted. */
const FACTS_SHOWN = 20;

export function renderComparison(comparison: Comparison, options: TextOptions): string {
  const style = makeStyle(options);
  const lines = [
    ...comparison.bundles.map(({ file, host, takenAt, summary }, at) =>
      style.bold(
        `${at + 1}  ${printable(host)}  ${takenAt}  ${plural(summary.fail, 'problem')}, ${plural(summary.warn, 'warning')}  ${printable(file)}`,
      ),
    ),
    ...comparison.differences.flatMap((one) => ['', ...differenceLines(one, style)]),
    ...(comparison.shared.length === 0 ? [] : ['', ...sharedLines(comparison.shared, style)]),
    ...comparison.notes.flatMap((note) => ['', ...wrap(printable(note), style.width)]),
  ];
  return `${lines.join('\n')}\n`;
}

function differenceLines(
  { before, after, verdicts, gone, added }: Difference,
  style: Style,
): string[] {
  const title = `From ${before + 1} to ${after + 1}`;
  if (verdicts.length + gone.length + added.length === 0) return [`${title}: nothing changed.`];
  return [
    title,
    ...(verdicts.length === 0
      ? ['  The same verdicts.']
      : verdicts.flatMap((one) => verdictLines(one, style))),
    ...factList('-', gone, style),
    ...factList('+', added, style),
  ];
}

function verdictLines(
  { check, subject, title, before, after }: VerdictChange,
  style: Style,
): string[] {
  const text = `${check}, ${subject.kind} ${printable(subject.name)}: ${before ?? 'nothing'} → ${after ?? 'nothing'} (${printable(title)})`;
  const ink = after === 'fail' || after === 'warn' ? style.red : style.green;
  return wrap(text, style.width - 2).map((line) => ink(`  ${line}`));
}

function factList(sign: string, facts: readonly string[], { verbose }: Style): string[] {
  const shown = verbose ? facts : facts.slice(0, FACTS_SHOWN);
  const rest = facts.length - shown.length;
  return [
    ...shown.map((fact) => `  ${sign} ${printable(fact)}`),
    ...(rest > 0 ? [`  ${sign} and ${rest} more, which -v shows`] : []),
  ];
}

function sharedLines(shared: readonly Shared[], style: Style): string[] {
  return shared.flatMap(({ kind, value, by, isOneLan, because }) => {
    const who = by
      .map(({ bundle, who: name }) => `${printable(name)} of ${bundle + 1}`)
      .join(' and ');
    const word = kind === 'mac' ? 'MAC' : 'address';
    const head = isOneLan
      ? `The ${word} ${value} is there twice`
      : `The ${word} ${value} may be there twice`;
    const ink = isOneLan ? style.red : style.yellow;
    return wrap(`${head}: ${who}; ${because}.`, style.width).map((line) => ink(line));
  });
}
