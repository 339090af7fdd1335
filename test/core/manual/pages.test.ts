import { describe, expect, it } from 'vitest';
import {
  checkListMarkdown,
  messageListMarkdown,
  pageMarkdown,
} from '../../../src/core/manual/markdown.js';
import { checkPage, topicPage } from '../../../src/core/manual/pages.js';
import { defineCheck } from '../../../src/model/check.js';
import type { KnownMessage, Topic } from '../../../src/model/manual.js';

const MESSAGE: KnownMessage = {
  wordings: ['network {other} is `taken`', 'network is taken'],
  saidBy: 'Docker',
  means: 'Somebody has it.',
  about: ['parent-on-fire', 'odd'],
  next: [
    ['docker', 'network', 'inspect', '{other}'],
    ['ip', 'link'],
  ],
  vain: 'waiting',
};
const TOPIC: Topic = {
  id: 'odd',
  title: 'It is odd',
  explain: 'First.\n\n    as it is\n    line by line',
  next: [['ip', 'link']],
  vain: 'waiting',
  references: ['ip-link(8)'],
};
const CHECK = defineCheck({
  meta: {
    id: 'parent-on-fire',
    category: 'parent',
    severity: 'warn',
    title: { pass: 'ARP is cool.', found: 'A parent is on fire' },
    needs: ['namespaces'],
    dependsOn: ['parent-missing'],
    failsUnder: 'host-access',
    docs: { explain: 'Smoke.\n\nFire.', references: ['fire(7)'] },
  },
  messages: { burning: () => ({ what: '', why: '', todo: '' }) },
  evaluate: () => ({ findings: [] }),
});
const link = (id: string): string => `${id}.md`;

describe('a page', () => {
  it('of a check says all that the check says of itself, and which messages lead there', () => {
    expect(pageMarkdown(checkPage(CHECK, [MESSAGE]), link)).toBe(`# parent-on-fire

<!-- Written by \`npm run gen\` from the sources; edits are lost. -->

A parent is on fire. (When all is well: ARP is cool.)

Category **parent**. Reported as **warn**; a failure under \`--expect host-access\`.

Smoke.

Fire.

## Messages that lead here

- \`\` network OTHER is \`taken\` \`\`
- \`network is taken\`

## Looks at

- \`namespaces\`

## Stays quiet behind

- [parent-missing](parent-missing.md)

## Codes

- \`burning\`

## Read more

- fire(7)
`);
  });

  it('of a topic keeps what is written line by line', () => {
    const text = pageMarkdown(topicPage(TOPIC, [MESSAGE]), link);
    expect(text).toContain('First.\n\n    as it is\n    line by line\n\n## Messages');
    expect(text).toContain(
      '## What to run next\n\n- `ip link`\n\n## What does not help\n\n- waiting',
    );
  });

  it('of checks has each below its category, and no empty ones', () => {
    expect(checkListMarkdown([CHECK])).toMatch(
      /^# Checks\n\n<!-- .* -->\n\n## parent\n\n- \[parent-on-fire\]\(parent-on-fire\.md\): A parent is on fire\n$/,
    );
  });

  it('of messages has each below its speaker, with everything that is known of it', () => {
    const text = messageListMarkdown([MESSAGE], [TOPIC], link);
    expect(text).toContain(`## Docker

\`\` network OTHER is \`taken\` \`\`<br>
\`network is taken\`

Somebody has it. See [parent-on-fire](parent-on-fire.md), [odd](odd.md). Next: \`docker network inspect OTHER\`, \`ip link\`. No use: waiting.`);
    expect(text).toContain('- [odd](odd.md): It is odd');
  });
});
