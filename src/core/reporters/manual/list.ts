// What the manual has pages of → the terminal.
import type { PageGroup } from '../../../model/manual.js';
import { makeStyle, type Style, type TextOptions } from '../style.js';
import { padEnd, widthOf, wrap } from '../width.js';

const HOW =
  'macvlan-doctor explain ID prints a page, and macvlan-doctor explain "MESSAGE" says what an error message is about.';

export function renderList(groups: readonly PageGroup[], options: TextOptions): string {
  const style = makeStyle(options);
  const lines = groups.flatMap((group) => [...groupLines(group, style), '']);
  return [...lines, ...wrap(HOW, style.width), ''].join('\n');
}

/** One line each; a title that is too long goes on below its beginning. */
function groupLines({ heading, entries }: PageGroup, { bold, width }: Style): string[] {
  const longest = Math.max(0, ...entries.map(({ id }) => widthOf(id)));
  const rows = entries.flatMap(({ id, title }) =>
    wrap(title, width - longest - 4).map(
      (line, row) => `  ${padEnd(row === 0 ? id : '', longest)}  ${line}`,
    ),
  );
  return [bold(heading), ...rows];
}
