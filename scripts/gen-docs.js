// One page per check from its meta and message codes, and the list of them all.
import { load } from './load.js';

const REGISTRY = 'src/core/checks/index.ts';
const NOTICE = '<!-- Written by `npm run gen` from the check itself; edits are lost. -->';

function bullets(items) {
  return items.map((item) => `- ${item}`).join('\n');
}

function section(title, text) {
  return text === '' ? [] : [`## ${title}`, text];
}

function severityLine({ severity, failsUnder }) {
  const under = failsUnder === undefined ? '' : `; a failure under \`--expect ${failsUnder}\``;
  return `Reported as **${severity}**${under}.`;
}

function pageText({ meta, messages }) {
  const causes = meta.dependsOn.map((id) => `[${id}](${id}.md)`);
  return [
    `# ${meta.id}`,
    NOTICE,
    `${meta.title.found}. (When all is well: ${meta.title.pass.toLowerCase().replace(/\.$/, '')}.)`,
    `Category **${meta.category}**. ${severityLine(meta)}`,
    meta.docs.explain.trim(),
    ...section('Looks at', bullets(meta.needs.map((need) => `\`${need}\``))),
    ...section('Stays quiet behind', bullets(causes)),
    ...section('Codes', bullets(Object.keys(messages).map((code) => `\`${code}\``))),
    ...section('Read more', bullets(meta.docs.references)),
  ].join('\n\n');
}

function listText(checks, categories) {
  const rows = categories
    .map((category) => [category, checks.filter((check) => check.meta.category === category)])
    .filter(([, members]) => members.length > 0)
    .map(([category, members]) => {
      const items = members.map(({ meta }) => `[${meta.id}](${meta.id}.md): ${meta.title.found}`);
      return `## ${category}\n\n${bullets(items)}`;
    });
  return ['# Checks', NOTICE, ...rows].join('\n\n');
}

/** Every page's path and text. `lists` are the registries as they should be. */
export async function docPages(lists) {
  const registry = lists.find(([file]) => file === REGISTRY)[1];
  const { checks } = await load(REGISTRY, registry);
  const { CATEGORIES } = await load('src/model/check.ts');
  return [
    ['docs/checks/README.md', `${listText(checks, CATEGORIES)}\n`],
    ...checks.map((check) => [`docs/checks/${check.meta.id}.md`, `${pageText(check)}\n`]),
  ];
}
