// A page of the manual → the terminal.
import type { Item, Page } from '../../../model/manual.js';
import { makeStyle, type Style, type TextOptions } from '../style.js';
import { wrapAdvice } from '../width.js';

const INDENT = '  ';

export function renderPage(page: Page, options: TextOptions): string {
  const style = makeStyle(options);
  const sections = page.sections.flatMap(({ heading, items }) => [
    '',
    style.bold(heading),
    ...items.flatMap((item) => itemLines(item, style)),
  ]);
  const paragraphs = [page.lead, ...page.paragraphs].flatMap((text) => [
    '',
    ...paragraphLines(text, style),
  ]);
  return [style.bold(page.id), ...paragraphs, ...sections, ''].join('\n');
}

function paragraphLines(text: string, { width }: Style): string[] {
  // Four spaces: written like this, line by line.
  if (text.startsWith('    ')) return text.split('\n');
  // Bold words are for browsers; here it would be too much of it.
  return indented(text.replaceAll('**', ''), width, INDENT);
}

function itemLines({ kind, text }: Item, { width }: Style): string[] {
  if (kind === 'command') return [INDENT + text];
  if (kind === 'page') return [`${INDENT}macvlan-doctor explain ${text}`];
  return indented(text, width, `${INDENT}  `).map((line, at) =>
    at === 0 ? INDENT + line.trimStart() : line,
  );
}

function indented(text: string, width: number, indent: string): string[] {
  return wrapAdvice(text, width - indent.length).map((line) => indent + line);
}
