// Pages and lists as Markdown, for docs/.
import type { Check } from '../../model/check.js';
import { CATEGORIES } from '../../model/check.js';
import {
  SPEAKERS,
  type Item,
  type KnownMessage,
  type Page,
  type Topic,
} from '../../model/manual.js';
import { commandLines, filled, shownWording } from './shown.js';

const NOTICE = '<!-- Written by `npm run gen` from the sources; edits are lost. -->';

/** The address of a page as seen from the page that names it. */
export type LinkTo = (id: string) => string;

export function pageMarkdown(page: Page, linkTo: LinkTo): string {
  const sections = page.sections.flatMap(({ heading, items }) => [
    `## ${heading}`,
    bullets(items.map((item) => itemMarkdown(item, linkTo))),
  ]);
  return whole([`# ${page.id}`, NOTICE, page.lead, ...page.paragraphs, ...sections]);
}

export function checkListMarkdown(checks: readonly Check[]): string {
  const blocks = CATEGORIES.map(
    (category) => [category, checks.filter(({ meta }) => meta.category === category)] as const,
  )
    .filter(([, members]) => members.length > 0)
    .flatMap(([category, members]) => [
      `## ${category}`,
      bullets(members.map(({ meta }) => `[${meta.id}](${meta.id}.md): ${meta.title.found}`)),
    ]);
  return whole(['# Checks', NOTICE, ...blocks]);
}

/** All messages by who says them, and the topics. */
export function messageListMarkdown(
  known: readonly KnownMessage[],
  topics: readonly Topic[],
  linkTo: LinkTo,
): string {
  const speakers = SPEAKERS.flatMap((speaker) => [
    `## ${speaker}`,
    ...known
      .filter(({ saidBy }) => saidBy === speaker)
      .map((message) => messageMarkdown(message, linkTo)),
  ]);
  return whole([
    '# Messages',
    NOTICE,
    'Messages of other programs that `macvlan-doctor explain` knows, with capitals for what differs from host to host. Paste yours behind it: `macvlan-doctor explain "…"`.',
    ...speakers,
    '## Pages of what no check looks at',
    bullets(topics.map(({ id, title }) => `[${id}](${linkTo(id)}): ${title}`)),
  ]);
}

function messageMarkdown(message: KnownMessage, linkTo: LinkTo): string {
  const pages = message.about.map((id) => `[${id}](${linkTo(id)})`);
  const commands = commandLines(message.next, placeholders(message));
  const facts = [
    ...(pages.length === 0 ? [] : [`See ${pages.join(', ')}.`]),
    ...(commands.length === 0 ? [] : [`Next: ${commands.map((line) => code(line)).join(', ')}.`]),
    `No use: ${message.vain}.`,
  ];
  const head = message.wordings.map((one) => code(shownWording(one))).join('<br>\n');
  return `${head}\n\n${filled(message.means, {})} ${facts.join(' ')}`;
}

/** Each place as its own name in capitals. */
function placeholders({ wordings }: KnownMessage): Record<string, string> {
  const names = wordings.flatMap((one) =>
    [...one.matchAll(/\{([a-z]+)\*?\}/g)].map(([, name = '']) => name),
  );
  return Object.fromEntries(names.map((name) => [name, name.toUpperCase()]));
}

function itemMarkdown(item: Item, linkTo: LinkTo): string {
  if (item.kind === 'text') return item.text;
  return item.kind === 'page' ? `[${item.text}](${linkTo(item.text)})` : code(item.text);
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function whole(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
