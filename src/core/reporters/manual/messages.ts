// Messages that were recognised → the terminal.
import type { ExplainedMessage } from '../../../model/manual.js';
import { labelled, MARGIN } from '../labelled.js';
import { makeStyle, type Style, type TextOptions } from '../style.js';
import { padEnd, widthOf, wrap } from '../width.js';

export function renderMessages(all: readonly ExplainedMessage[], options: TextOptions): string {
  const style = makeStyle(options);
  const blocks = all.flatMap((one) => [...messageLines(one, style), '']);
  return [...headLines(all, style), ...blocks].join('\n');
}

function headLines(all: readonly ExplainedMessage[], { width }: Style): string[] {
  const [first] = all;
  const count = all.length.toString();
  if (first?.isPiece === true) {
    const text =
      all.length === 1
        ? 'This is a piece of one known message. The whole line would tell for certain:'
        : `This is a piece of ${count} known messages. The whole line would tell which:`;
    return [...wrap(text, width), ''];
  }
  return all.length > 1 ? [`${count} known messages are in it:`, ''] : [];
}

function messageLines(one: ExplainedMessage, style: Style): string[] {
  const head = `${one.saidBy}: ${one.message}`;
  return [
    ...wrap(head, style.width).map((line) => style.bold(line)),
    ...wrap(one.means, style.width - 2).map((line) => `  ${line}`),
    ...aboutLines(one, style),
    ...one.next.map((line, at) => lead(at === 0 ? 'Next' : '', style) + line),
    ...labelled('No use', [`${one.vain}.`], style),
    ...moreLines(one, style),
  ];
}

/** Where several things may be the reason, all are named: which one it is, only a look at the host can tell. */
function aboutLines({ about }: ExplainedMessage, style: Style): string[] {
  const longest = Math.max(0, ...about.map(({ id }) => widthOf(id)));
  return about.flatMap(({ id, title }, at) => {
    const room = style.width - MARGIN - longest - 2;
    const word = about.length === 1 ? 'About' : 'One of';
    return wrap(title, Math.max(room, 20)).map(
      (line, row) =>
        lead(at === 0 && row === 0 ? word : '', style) +
        `${padEnd(row === 0 ? id : '', longest)}  ${line}`,
    );
  });
}

function moreLines({ about }: ExplainedMessage, style: Style): string[] {
  return about.map(
    ({ id }, at) => `${lead(at === 0 ? 'More' : '', style)}macvlan-doctor explain ${id}`,
  );
}

function lead(label: string, style: Style): string {
  return style.dim(`  ${padEnd(label, MARGIN - 2)}`);
}
