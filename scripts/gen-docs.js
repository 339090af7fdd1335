// One page per check and per topic, the lists of them, and the list of all known messages.
import { load } from './load.js';

const REGISTRY = 'src/core/checks/index.ts';

/** Every page's path and text. `lists` are the registries as they should be. */
export async function docPages(lists) {
  const registry = lists.find(([file]) => file === REGISTRY)[1];
  const { checks } = await load(REGISTRY, registry);
  const { knownMessages } = await load('src/core/messages/known-messages.ts');
  const { topics } = await load('src/core/messages/all-topics.ts');
  const { checkPage, topicPage } = await load('src/core/manual/pages.ts');
  const { checkListMarkdown, messageListMarkdown, pageMarkdown } = await load(
    'src/core/manual/markdown.ts',
  );

  const isTopic = (id) => topics.some((topic) => topic.id === id);
  const fromChecks = (id) => (isTopic(id) ? `../messages/${id}.md` : `${id}.md`);
  const fromMessages = (id) => (isTopic(id) ? `${id}.md` : `../checks/${id}.md`);
  return [
    ['docs/checks/README.md', checkListMarkdown(checks)],
    ...checks.map((check) => [
      `docs/checks/${check.meta.id}.md`,
      pageMarkdown(checkPage(check, knownMessages), fromChecks),
    ]),
    ['docs/messages/README.md', messageListMarkdown(knownMessages, topics, fromMessages)],
    ...topics.map((topic) => [
      `docs/messages/${topic.id}.md`,
      pageMarkdown(topicPage(topic, knownMessages), fromMessages),
    ]),
  ];
}
