// What there is to say about an id or a message: pages, known messages, or the list of all pages.
import { checks } from '../../core/checks/index.js';
import { nearest } from '../../core/derive/wording/nearest.js';
import { explained } from '../../core/manual/explained.js';
import { checkPage, topicPage } from '../../core/manual/pages.js';
import { topics } from '../../core/messages/all-topics.js';
import { knownMessages } from '../../core/messages/known-messages.js';
import { recognise } from '../../core/messages/recognise.js';
import { CATEGORIES } from '../../model/check.js';
import { DoctorError } from '../../model/errors.js';
import type { Entry, ExplainedMessage, Page, PageGroup } from '../../model/manual.js';
import { printable } from '../../model/text.js';

/** What is said about a text: pages where it is ids, messages where it holds some. */
export interface Explanation {
  readonly pages: readonly Page[];
  readonly messages: readonly ExplainedMessage[];
}

/** Every page by the category of its check, what no check looks at last. */
export function listPages(): PageGroup[] {
  const byCategory = CATEGORIES.map((category) => ({
    heading: category,
    entries: checks
      .filter(({ meta }) => meta.category === category)
      .map(({ meta }) => ({ id: meta.id, title: meta.title.found })),
  }));
  const others = topics.map(({ id, title }) => ({ id, title }));
  return [...byCategory, { heading: 'what no check looks at', entries: others }].filter(
    ({ entries }) => entries.length > 0,
  );
}

/** Throws DoctorError where nothing known fits. */
export function explain(text: string): Explanation {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0)
    throw new DoctorError('no-such-message', 'there is no message to explain');
  const pages = pagesFor(words);
  if (pages.length > 0) return { pages, messages: [] };
  const found = recognise(text, knownMessages);
  if (found.length === 0) throw unknown(words);
  return { pages: [], messages: found.map((one) => explained(one, titleOf)) };
}

/** Those of all ids, or the one whose id was typed as words; none, if this is something else. */
function pagesFor(words: readonly string[]): Page[] {
  const pages = words.map((word) => pageOf(word.toLowerCase()));
  if (pages.every((page) => page !== undefined)) return pages;
  const page = pageOf(words.join('-').toLowerCase());
  return page === undefined ? [] : [page];
}

function pageOf(id: string): Page | undefined {
  const check = checks.find(({ meta }) => meta.id === id);
  if (check !== undefined) return checkPage(check, knownMessages);
  const topic = topics.find((one) => one.id === id);
  return topic === undefined ? undefined : topicPage(topic, knownMessages);
}

function allPages(): Entry[] {
  return listPages().flatMap(({ entries }) => [...entries]);
}

function titleOf(id: string): string {
  return allPages().find((entry) => entry.id === id)?.title ?? '';
}

/** Longer than any id with a typing error in it. */
const LONGEST_ID = 80;
/** As much of a message as its sender needs to know it again. */
const QUOTED = 60;

function unknown(words: readonly string[]): DoctorError {
  const ids = allPages().map(({ id }) => id);
  const slip = words.join('-').toLowerCase();
  const near = slip.length > LONGEST_ID ? [] : nearest(slip, ids);
  if (words.length === 1) {
    const more = near.length === 0 ? '; macvlan-doctor explain lists all there are' : '';
    return new DoctorError(
      'no-such-check',
      `there is no page called ${printable(short(slip))}${more}`,
      near,
    );
  }
  const quoted = printable(short(words.join(' ')));
  return new DoctorError(
    'no-such-message',
    `no known message fits "${quoted}"${near.length === 0 ? '; sudo macvlan-doctor run looks at the host itself' : ''}`,
    near,
  );
}

function short(text: string): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
