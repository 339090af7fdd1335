// What to make in place of what was planned, to be copied.
import type { Report } from '../../../model/report.js';
import type { Suggestion } from '../../../model/suggestion.js';
import { codeBlock, codeSpan, escapeProse } from './escape.js';

export function suggestionSections({ preflight }: Report): string[] {
  return (preflight?.suggestions ?? []).flatMap((one) => ['', ...sectionOf(one), '']);
}

function sectionOf({ network, reason, command, compose, notes }: Suggestion): string[] {
  const about = `network ${codeSpan(network)}`;
  if (reason !== undefined) return [`No suggestion for ${about}: ${escapeProse(reason)}`];
  return [
    `#### Suggestion for ${about}`,
    '',
    ...(command === undefined ? [] : codeBlock([command], 'sh')),
    ...(compose === undefined ? [] : codeBlock([compose.trimEnd()], 'yaml')),
    '',
    ...notes.map((note) => `- ${escapeProse(note)}`),
  ];
}
