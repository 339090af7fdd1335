import { describe, expect, it } from 'vitest';
import { explain, listPages } from '../../../src/cli/workflows/explain.js';
import { checks } from '../../../src/core/checks/index.js';

describe('the list', () => {
  it('has every check below its category, and what no check looks at last', () => {
    const groups = listPages();
    const listed = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(listed).toEqual(expect.arrayContaining(checks.map(({ meta }) => meta.id)));
    expect(groups.at(-1)).toMatchObject({ heading: 'what no check looks at' });
    expect(groups.at(-1)?.entries.map(({ id }) => id)).toContain('netavark-dhcp-socket');
  });
});

describe('explaining', () => {
  it.each([
    ['parent-down', ['parent-down']],
    ['Parent-Down', ['parent-down']],
    ['parent down', ['parent-down']],
    ['netavark-dhcp-socket', ['netavark-dhcp-socket']],
    ['parent-down mac-multicast-bit', ['parent-down', 'mac-multicast-bit']],
  ])('%s prints pages', (text, ids) => {
    const { pages, messages } = explain(text);
    expect([pages.map(({ id }) => id), messages]).toEqual([ids, []]);
  });

  it('a message tells what is meant, with what was found in it', () => {
    const said =
      "docker: the requested parent interface 'enp3s0' was not found on the Docker host.";
    expect(explain(said)).toMatchObject({
      pages: [],
      messages: [
        {
          message: 'the requested parent interface enp3s0 was not found on the Docker host',
          found: { parent: 'enp3s0' },
          means: expect.stringContaining('its parent enp3s0 is not') as string,
          about: [{ id: 'parent-missing' }, { id: 'parent-gone-after-reboot' }],
          next: expect.arrayContaining(['ip -br link']) as string[],
        },
      ],
    });
  });

  it.each([
    ['parent-dwon', 'there is no page called parent-dwon', ['parent-down']],
    ['parent dwon', 'no known message fits "parent dwon"', ['parent-down']],
    ['xyzzy', 'there is no page called xyzzy; macvlan-doctor explain lists all', []],
    ['my cat is on the switch', 'no known message fits "my cat is on the switch"; sudo', []],
    ['\u001B[2J', String.raw`there is no page called \u{1b}[2j`, []],
    ['', 'there is no message to explain', []],
    [' \n\t', 'there is no message to explain', []],
  ])('%j is known to nobody', (text, message, near) => {
    const thrown = (): unknown => explain(text);
    expect(thrown).toThrow(expect.objectContaining({ suggestions: near }) as Error);
    expect(thrown).toThrow(message);
  });

  it('quotes no more of a long text than its sender needs', () => {
    expect(() => explain('word '.repeat(5000))).toThrow(/^.{60,120}…"; sudo/);
  });
});
