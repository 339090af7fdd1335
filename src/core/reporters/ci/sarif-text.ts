// What a SARIF result says, and why it counts no more where it does not.
import type { Suppression } from 'sarif';
import type { CheckResult } from '../../../model/report.js';
import { clauseOf } from '../order.js';
import { paragraph, proseOf, sentence } from '../prose.js';

/** Paragraphs: what and why, what was seen, what to do. */
export function messageOf(result: CheckResult): string {
  if (result.status === 'suppressed') return sentence(clauseOf(result));
  const seen = paragraph((result.evidence ?? []).map(({ says }) => says));
  const commands = (result.fixes ?? []).flatMap((fix) => fix.commands);
  const todo = [result.todo ?? '', ...(result.advice ?? [])].filter((text) => text !== '');
  return [
    proseOf(result).join(' '),
    ...(seen === '' ? [] : [`Seen: ${seen}`]),
    ...(todo.length === 0 ? [] : [`Do: ${todo.map((text) => sentence(text)).join(' ')}`]),
    ...(commands.length === 0 ? [] : [commands.join('\n')]),
  ].join('\n\n');
}

export function suppressionsOf({ status, suppressedBy, suppressedOn }: CheckResult): Suppression[] {
  if (status !== 'suppressed') return [];
  const on =
    suppressedOn === undefined || suppressedOn.kind === 'host'
      ? ''
      : ` on ${suppressedOn.kind} ${suppressedOn.name}`;
  const justification = `Explained by ${suppressedBy ?? 'another check'}${on}.`;
  return [{ kind: 'external', status: 'accepted', justification }];
}
