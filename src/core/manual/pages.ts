// Pages of checks and topics, from what these say of themselves and from the messages that lead to them.
import type { Check, CheckMeta } from '../../model/check.js';
import type { Item, KnownMessage, Page, Section, Topic } from '../../model/manual.js';
import { commandLines, shownWording } from './shown.js';

export function checkPage({ meta, messages }: Check, known: readonly KnownMessage[]): Page {
  return {
    id: meta.id,
    lead: `${meta.title.found}. (When all is well: ${lowerFirst(meta.title.pass.replace(/\.$/, ''))}.)`,
    paragraphs: [`Category **${meta.category}**. ${severityLine(meta)}`, ...explained(meta.docs)],
    sections: sections(
      messageSection(meta.id, known),
      section('Looks at', itemsOf('literal', meta.needs)),
      section('Stays quiet behind', itemsOf('page', meta.dependsOn)),
      section('Codes', itemsOf('literal', Object.keys(messages))),
      section('Read more', itemsOf('text', meta.docs.references)),
    ),
  };
}

export function topicPage(topic: Topic, known: readonly KnownMessage[]): Page {
  return {
    id: topic.id,
    lead: `${topic.title}.`,
    paragraphs: explained(topic),
    sections: sections(
      messageSection(topic.id, known),
      section('What to run next', itemsOf('command', commandLines(topic.next, {}))),
      section('What does not help', itemsOf('text', [topic.vain])),
      section('Read more', itemsOf('text', topic.references)),
    ),
  };
}

/** A sentence in the middle of another; a word in capitals (ARP, WSL2) stays as it is. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function severityLine({ severity, failsUnder }: CheckMeta): string {
  const under = failsUnder === undefined ? '' : `; a failure under \`--expect ${failsUnder}\``;
  return `Reported as **${severity}**${under}.`;
}

function explained({ explain }: { readonly explain: string }): string[] {
  return explain.trim().split(/\n{2,}/);
}

function messageSection(id: string, known: readonly KnownMessage[]): Section {
  const leading = known.filter(({ about }) => about.includes(id));
  const wordings = leading.flatMap((message) => message.wordings);
  return section('Messages that lead here', itemsOf('literal', wordings.map(shownWording)));
}

function section(heading: string, items: readonly Item[]): Section {
  return { heading, items };
}

function sections(...all: readonly Section[]): Section[] {
  return all.filter(({ items }) => items.length > 0);
}

function itemsOf(kind: Item['kind'], texts: readonly string[]): Item[] {
  return texts.map((text) => ({ kind, text }));
}
