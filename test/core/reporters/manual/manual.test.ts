import { describe, expect, it } from 'vitest';
import { renderList } from '../../../../src/core/reporters/manual/list.js';
import { renderMessages } from '../../../../src/core/reporters/manual/messages.js';
import { renderPage } from '../../../../src/core/reporters/manual/page.js';
import { widthOf } from '../../../../src/core/reporters/width.js';
import type { ExplainedMessage, Page } from '../../../../src/model/manual.js';

const PLAIN = { color: false, width: 80, verbose: false, quiet: false };
const LONG = 'Words that go on and on, further than any terminal of eighty columns can show them.';

const PAGE: Page = {
  id: 'parent-on-fire',
  lead: 'A parent is on fire.',
  paragraphs: ['Category **parent**.', LONG, '    as it is\n    line by line'],
  sections: [
    { heading: 'Messages', items: [{ kind: 'literal', text: LONG }] },
    { heading: 'Run', items: [{ kind: 'command', text: `echo '${LONG}'` }] },
    { heading: 'Causes', items: [{ kind: 'page', text: 'parent-missing' }] },
    { heading: 'Read more', items: [{ kind: 'text', text: 'fire(7)' }] },
  ],
};

const MESSAGE: ExplainedMessage = {
  message: 'network lan is taken',
  saidBy: 'Docker',
  isPiece: false,
  found: { network: 'lan' },
  means: LONG,
  about: [
    { id: 'parent-missing', title: LONG },
    { id: 'odd', title: 'It is odd' },
  ],
  next: ['ip link', 'docker network inspect lan'],
  vain: 'waiting',
};

describe('a page on a terminal', () => {
  it('is wrapped, but for what is there to be pasted', () => {
    expect(renderPage(PAGE, PLAIN)).toBe(`parent-on-fire

  A parent is on fire.

  Category parent.

  Words that go on and on, further than any terminal of eighty columns can show
  them.

    as it is
    line by line

Messages
  Words that go on and on, further than any terminal of eighty columns can
    show them.

Run
  echo '${LONG}'

Causes
  macvlan-doctor explain parent-missing

Read more
  fire(7)
`);
  });

  it('has the words in colour that it has without', () => {
    const color = renderPage(PAGE, { ...PLAIN, color: true });
    expect(color).toContain('\u001B[1mparent-on-fire\u001B[22m');
    // eslint-disable-next-line no-control-regex
    expect(color.replaceAll(/\u001B\[\d+m/g, '')).toBe(renderPage(PAGE, PLAIN));
  });
});

describe('messages on a terminal', () => {
  it('say what is meant, what it may be, what to run and what is no use', () => {
    expect(renderMessages([MESSAGE], PLAIN)).toBe(`Docker: network lan is taken
  Words that go on and on, further than any terminal of eighty columns can show
  them.
  One of parent-missing  Words that go on and on, further than any terminal of
                         eighty columns can show them.
         odd             It is odd
  Next   ip link
         docker network inspect lan
  No use waiting.
  More   macvlan-doctor explain parent-missing
         macvlan-doctor explain odd
`);
  });

  it('have one page as what it is about, and none without a word about pages', () => {
    const [, one] = MESSAGE.about;
    const about = one === undefined ? [] : [one];
    expect(renderMessages([{ ...MESSAGE, about }], PLAIN)).toContain('\n  About  odd  It is odd\n');
    expect(renderMessages([{ ...MESSAGE, about: [] }], PLAIN)).not.toMatch(/About|One of|More/);
  });

  it.each([
    [[MESSAGE, MESSAGE], /^2 known messages are in it:\n\nDocker: /],
    [[{ ...MESSAGE, isPiece: true }], /^This is a piece of one known message\. /],
    [[MESSAGE, MESSAGE].map((one) => ({ ...one, isPiece: true })), /^This is a piece of 2 known/],
  ])('count themselves (%#)', (all, head) => expect(renderMessages(all, PLAIN)).toMatch(head));
});

describe('the list on a terminal', () => {
  it.each([40, 80, 200])('has an id at the beginning of a line, within %d columns', (width) => {
    const groups = [
      { heading: 'parent', entries: [{ id: 'parent-on-fire', title: LONG }] },
      { heading: 'rest', entries: [{ id: 'odd', title: 'It is odd' }] },
    ];
    const lines = renderList(groups, { ...PLAIN, width }).split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'parent',
      expect.stringMatching(/^ {2}parent-on-fire {2}W/),
    ]);
    expect(lines).toContain('  odd  It is odd');
    expect(Math.max(...lines.map((line) => widthOf(line)))).toBeLessThanOrEqual(width);
  });
});
