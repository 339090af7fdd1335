// A recognised message as it is shown: with what was found, and with titles in place of bare ids.
import type { Entry, ExplainedMessage } from '../../model/manual.js';
import { printable } from '../../model/text.js';
import type { Recognised } from '../messages/recognise.js';
import { commandLines, filled } from './shown.js';

export function explained(
  { message, wording, values, isPiece }: Recognised,
  titleOf: (id: string) => string,
): ExplainedMessage {
  const clean = Object.entries(values).map(([name, value]) => [name, printable(value)] as const);
  return {
    message: filled(wording, values),
    saidBy: message.saidBy,
    isPiece,
    found: Object.fromEntries(clean),
    means: filled(message.means, values),
    about: message.about.map((id): Entry => ({ id, title: titleOf(id) })),
    next: commandLines(message.next, values),
    vain: filled(message.vain, values),
  };
}
