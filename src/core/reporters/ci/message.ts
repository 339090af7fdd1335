// One finding as plain paragraphs, for tools that show a message and lay nothing out.
import type { CheckResult } from '../../../model/report.js';
import { lapsedText, paragraph, proseOf, sentence } from '../prose.js';

/** What and why, what was seen, what to do. */
export function messageOf(result: CheckResult): string {
  const lapsed = lapsedText(result);
  const seen = paragraph((result.evidence ?? []).map(({ says }) => says));
  const commands = (result.fixes ?? []).flatMap((fix) => fix.commands);
  const todo = [result.todo ?? '', ...(result.advice ?? [])].filter((text) => text !== '');
  return [
    proseOf(result).join(' '),
    ...(lapsed === undefined ? [] : [sentence(lapsed)]),
    ...(seen === '' ? [] : [`Seen: ${seen}`]),
    ...(todo.length === 0 ? [] : [`Do: ${todo.map((text) => sentence(text)).join(' ')}`]),
    ...(commands.length === 0 ? [] : [commands.join('\n')]),
  ].join('\n\n');
}
