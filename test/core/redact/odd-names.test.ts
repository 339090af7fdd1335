// Names that are not plain, of links and namespaces: the law holds for them, and an answer gets them back as the place needs them.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { redactSnapshot, translate } from '../../../src/core/redact/redact-snapshot.js';
import { deviceUnit } from '../../../src/core/fixes/persist/systemd-unit.js';
import { shellWord } from '../../../src/model/text.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { bothHeadlines } from '../../support/masked-law.js';

const ODD = `it's "odd"; \u001b[31m`;

function hostOf(parent: string, children: readonly string[], ifname = 'eth0') {
  const home = aSnapshot().parent(parent, { address: '10.7.3.10/24', gateway: '10.7.3.1' });
  for (const [at, name] of children.entries())
    home.child(name, {
      ifname,
      address: `10.7.3.${(at + 50).toString()}/24`,
      gateway: '10.7.3.1',
    });
  return home.allHealthy().build();
}

describe('the law', () => {
  it.each([
    ['a link with an @', 'eth0', ['quax', 'zorb'], 'iot@x'],
    ['a link with an @, of which one is called like its beginning', 'iot', ['quax', 'x'], 'iot@x'],
    ['a namespace with an @', 'eth0', ['quax@zorb', 'wimp'], 'eth0'],
    ['a namespace with a backslash', 'eth0', [String.raw`quax\zorb`, 'wimp'], 'eth0'],
  ])('holds for %s', (_what, parent, children, ifname) => {
    const host = hostOf(parent, children, ifname);
    const { real, masked } = bothHeadlines(host, 'prefix', keyed('odd'));
    expect(masked).toEqual(real);
    expect(real.join('\n')).toContain('host-child-isolation · warn');
  });
});

describe('an answer', () => {
  const { map } = redactSnapshot(hostOf('wg-home', [ODD, 'quax']), {
    mode: 'prefix',
    prf: keyed('odd'),
  });
  const out = map.mapper('out');
  const [odd, plain, link] = [
    out.name('netns', ODD),
    out.name('netns', 'quax'),
    out.name('link', 'wg-home'),
  ];

  it('is a command that means the real name, whatever is in it', () => {
    const answer = `printf %s ${shellWord(odd)} ${shellWord(`/run/netns/${odd}`)} ${plain}`;
    const command = translate(answer, map);
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(
      `${ODD}/run/netns/${ODD}quax`,
    );
    expect(command).not.toContain('\u001b');
  });

  it('moves no cursor', () => {
    expect(translate(`It is in ${odd}, isn't it?`, map)).toBe(
      String.raw`It is in it's "odd"; \u{1b}[31m, isn't it?`,
    );
  });

  it('has nothing of a stranger’s that moves a cursor either, and keeps its lines', () => {
    expect(
      translate(`\u001b[1m${plain}\u001b[0m \u001b[2J ${plain}\u202e\u009b\r\n\tna\u00efve`, map),
    ).toBe('quax \\u{1b}[2J quax\\u{202e}\\u{9b}\r\n\tna\u00efve');
  });

  it('is JSON still, whole or by lines, and says the same of what is no name', () => {
    const value = { who: odd, says: [`"${plain}" is not ${odd}`], [plain]: 1e3 };
    const real = String.raw`it's "odd"; \u{1b}[31m`;
    const expected = { who: real, says: [`"quax" is not ${real}`], quax: 1000 };
    for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 2)])
      expect(JSON.parse(translate(text, map))).toEqual(expected);
    const lines = `{"a":"${odd}"}\n{"b":"caf\\u00e9"}\n`;
    expect(translate(lines, map)).toBe(`{"a":${JSON.stringify(real)}}\n{"b":"caf\\u00e9"}\n`);
  });

  it('names the unit of a link with a hyphen as systemd does', () => {
    expect(translate(`Wants=${deviceUnit(link)}`, map)).toBe(`Wants=${deviceUnit('wg-home')}`);
  });
});
