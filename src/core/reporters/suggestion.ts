// What to make in place of what was planned: at the end of the report, where it is copied from.
import type { Report } from '../../model/report.js';
import type { Suggestion } from '../../model/suggestion.js';
import type { Style } from './style.js';
import { wrap } from './width.js';

export function suggestionLines({ preflight }: Report, style: Style): string[] {
  return (preflight?.suggestions ?? []).flatMap((one) => ['', ...linesOf(one, style)]);
}

/** Commands are not broken: what is pasted must be whole. */
function linesOf(suggestion: Suggestion, style: Style): string[] {
  const { network, reason, command, compose, notes } = suggestion;
  if (reason !== undefined) {
    return wrap(`no suggestion for network ${network}: ${reason}`, style.width - 2).map(
      (line) => `  ${line}`,
    );
  }
  return [
    `  ${style.bold(`suggestion for network ${network}`)}`,
    ...(command === undefined ? [] : [`    ${command}`]),
    ...(compose ?? '')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `    ${line}`),
    ...notes.flatMap((note) => wrap(note, style.width - 2).map((line) => `  ${line}`)),
  ];
}
