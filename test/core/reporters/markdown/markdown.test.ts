import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/core/reporters/markdown/markdown.js';
import type { CheckResult } from '../../../../src/model/report.js';
import { found, passed } from '../../../support/a-report.js';
import {
  everyOutcome,
  HOSTILE,
  hostileFinding,
  LIVE,
  ON_PAPER,
  OPEN,
  reportOf,
  WARNING,
} from '../../../support/every-outcome.js';

function markdownOf(...results: readonly CheckResult[]): string {
  return renderMarkdown(reportOf(...results), ON_PAPER);
}

function htmlOf(markdown: string): string {
  return marked.parse(markdown, { async: false, gfm: true });
}

/** What a reader sees. */
function seen(html: string): string {
  return html
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function tagsIn(html: string): Set<string> {
  return new Set([...html.matchAll(/<\/?([a-z][a-z\d]*)/gi)].map(([, name]) => name ?? ''));
}

describe('renderMarkdown', () => {
  it('is a table and a section for each finding', async () => {
    const text = renderMarkdown(everyOutcome(), ON_PAPER).replaceAll(/\d{4}-\d\d-\d\dT[^,]*/g, '…');
    await expect(text).toMatchFileSnapshot('../golden/report.md');
  });

  it('commands come out of it as they went in', () => {
    const command = "sysctl -w 'net.ipv4.conf.a`b.rp_filter'=2";
    const finding = found('parent/parent-down', {
      on: 'parent eth0',
      fixes: [
        {
          id: 'x',
          title: 'x',
          risk: 'safe',
          commands: [command, '```'],
          undo: [],
          persist: [],
          notes: [],
        },
      ],
    });
    expect(seen(htmlOf(markdownOf(finding)))).toContain(`${command}\n\`\`\``);
  });

  it('a healthy host is a line, and what was looked at is folded away', () => {
    const text = markdownOf(...passed('host/wsl2'));
    expect(text).toContain('### macvlan-doctor: All well');
    expect(text).not.toContain('####');
  });

  it('says what was not decided', () => {
    expect(markdownOf(OPEN)).toContain('- `rp-filter`: run as root');
  });

  it('--quiet leaves the head and the table', () => {
    const text = renderMarkdown(reportOf(LIVE, WARNING), { ...ON_PAPER, quiet: true });
    expect(text).toContain('| FAIL | `parent-down` | parent `eth0` |');
    expect(text).not.toContain('####');
  });

  it('the fourth finding of one check is only named; the table stays within a comment', () => {
    const crowd = Array.from({ length: 200 }, (_, index) =>
      found('address/child-down', { on: `child eth0@c${index.toString()}` }),
    );
    const text = markdownOf(...crowd);
    expect(text.match(/^####/gm)).toHaveLength(3);
    expect(text).toContain('… and 150 more.');
    expect(text.length).toBeLessThan(65_536);
  });
});

describe('names from outside', () => {
  const TAGS = new Set(
    'h3 h4 p table thead tbody tr th td code pre ul li strong details summary'.split(' '),
  );

  it('call nobody, link nowhere and open no tag', () => {
    for (const name of ['@octocat', '#12', 'www.a.example', 'http://a.example', '<b>', '![x](y)']) {
      const html = htmlOf(markdownOf(hostileFinding(name)));
      expect([...tagsIn(html)].filter((tag) => !TAGS.has(tag))).toEqual([]);
      // GitHub looks for mentions and numbers in the text between tags, code excepted.
      const prose = html.replaceAll(/<code>.*?<\/code>/gs, '');
      expect(prose).not.toMatch(/(?<!\w)[@#]\w/);
    }
  });

  it('end no table, no fence and no code span', () => {
    const html = htmlOf(markdownOf(hostileFinding(HOSTILE)));
    expect([...tagsIn(html)].filter((tag) => !TAGS.has(tag))).toEqual([]);
    expect(html.match(/<tr>/g)).toHaveLength(5);
    expect(seen(html)).toContain(String.raw`x\u{1b}[2J<b>&"']]>|`);
  });

  it('are all there, and nothing else is, whatever they are', () => {
    const any = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 });
    // What means something where a line begins, with and without spaces before it.
    const atStart = fc.tuple(
      fc.constantFrom('', ' ', '   ', '    ', '\t'),
      fc.constantFrom('#', '-', '+', '=', '>', '|', '1.', '2)', '---', '```', '~~~', ':-'),
      fc.constantFrom('', ' ', ' x'),
    );
    const text = fc.oneof(
      any,
      atStart.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (name) => {
        const html = htmlOf(markdownOf(hostileFinding(name)));
        expect([...tagsIn(html)].filter((tag) => !TAGS.has(tag))).toEqual([]);
        expect(html.match(/<tr>/g)).toHaveLength(5);
      }),
      { numRuns: 300 },
    );
  });
});
