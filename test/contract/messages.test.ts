// Known messages and topics against what they name: pages that exist, places that are there, commands that can be run.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFlags } from '../../src/cli/run-flags.js';
import { checks } from '../../src/core/checks/index.js';
import { commandLines } from '../../src/core/manual/shown.js';
import { topics } from '../../src/core/messages/all-topics.js';
import { knownMessages } from '../../src/core/messages/known-messages.js';
import { placesIn } from '../../src/core/messages/wording.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const checkIds = checks.map(({ meta }) => meta.id);
const topicIds = topics.map(({ id }) => id);

/** What is there where the message was printed, or a part of every Linux. */
const PROGRAMS = new Set([
  'docker',
  'podman',
  'incus',
  'kubectl',
  'systemctl',
  'journalctl',
  'ip',
  'ss',
  'ls',
  'uname',
  'modprobe',
  'dmesg',
  'macvlan-doctor',
]);

/** Problems with a command of ours: `run` with flags that there are, and ids of checks. */
function mistakesIn(argv: readonly string[]): string[] {
  const [program = '', command, ...rest] = argv;
  if (program !== 'macvlan-doctor') return PROGRAMS.has(program) ? [] : [program];
  const wrong = rest.filter((word, at) =>
    word.startsWith('--')
      ? !(word.slice(2) in runFlags)
      : rest[at - 1] !== '--only' || !checkIds.includes(word),
  );
  return command === 'run' ? wrong : [command ?? 'no command'];
}

describe.each(knownMessages.map((message) => [message.wordings[0] ?? '', message] as const))(
  '%s',
  (_wording, message) => {
    it('is about pages that there are', () => {
      const pages = new Set([...checkIds, ...topicIds]);
      expect(message.about.filter((id) => !pages.has(id))).toEqual([]);
    });

    it('speaks only of what all its wordings have places for', () => {
      const spoken = placesIn(`${message.means} ${message.vain}`);
      const bare = message.wordings.filter((wording) =>
        spoken.some((name) => !placesIn(wording).includes(name)),
      );
      expect(bare).toEqual([]);
    });

    it('sends to commands that there are', () => {
      expect(message.next.flatMap((argv) => mistakesIn(argv))).toEqual([]);
      const places = placesIn(message.wordings.join(' '));
      const lines = commandLines(message.next, Object.fromEntries(places.map((one) => [one, 'x'])));
      expect(lines).toHaveLength(message.next.length);
    });
  },
);

describe('topics', () => {
  it('have a page each, beside the list of messages, and no id of a check', () => {
    const pages = readdirSync(path.join(ROOT, 'docs/messages')).map((name) => name.slice(0, -3));
    expect(pages.filter((name) => name !== 'README').toSorted()).toEqual(topicIds);
    expect(topicIds.filter((id) => checkIds.includes(id))).toEqual([]);
  });

  it.each([...topics])('$id explains itself, and some message leads to it', (topic) => {
    expect(topic.id).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/);
    expect(topic.explain.length).toBeGreaterThan(200);
    expect(topic.next.flatMap((argv) => mistakesIn(argv))).toEqual([]);
    expect(knownMessages.flatMap(({ about }) => about)).toContain(topic.id);
  });

  it('speak of other pages that there are', () => {
    const named = topics.flatMap(({ explain }) =>
      [...explain.matchAll(/\b(?:see|check) ([a-z\d]+(?:-[a-z\d]+)+)/g)].map(([, id]) => id ?? ''),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((id) => ![...checkIds, ...topicIds].includes(id))).toEqual([]);
  });
});
