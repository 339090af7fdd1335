import { describe, expect, it } from 'vitest';
import { noMask } from '../../../src/core/bundle/mask.js';
import { saidIn, type Section } from '../../../src/core/bundle/section.js';
import { toolOutput } from '../../../src/edge/bundle/tool-output.js';
import type { NetnsDoor } from '../../../src/edge/host/host.js';
import { type Fact, known, unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';

type Answers = (argv: string) => Fact<string>;

/** Notes what is asked for, and where. */
function machine(answers: Answers, asked: string[] = []) {
  const read: NetnsDoor['read'] = (netns, argv) => {
    asked.push(`${netns ?? 'here'}: ${argv.join(' ')}`);
    return Promise.resolve(answers(argv.join(' ')));
  };
  const nothing = unknown('absent', 'not in this test');
  let ms = 0;
  return {
    netns: { read, readTexts: () => nothing, driverOf: () => nothing },
    monotonicMs: () => (ms += 5),
  };
}

const textOf = (section: Section | undefined): string =>
  section === undefined ? '' : saidIn(section, noMask(aSnapshot().build())).text;

const LINKS = { parents: ['eth0'], all: ['eth0', 'sh0'] };
const everything: Answers = (argv) =>
  known(argv === 'dmesg' ? 'eth0: link is up\nusb 1-1: new device\n' : '[{"ifname":"eth0"}]');

describe('what the tools say', () => {
  it('is asked of the host’s own namespace, and by nothing that changes it', async () => {
    const asked: string[] = [];
    await toolOutput(machine(everything, asked), LINKS);
    expect(asked).not.toEqual([]);
    for (const one of asked) expect(one).toMatch(/^here: (?:(?:ip|bridge) .*show|dmesg)/u);
  });

  it('becomes one file each, with what it came from', async () => {
    const { sections, skipped } = await toolOutput(machine(everything), LINKS);
    expect(skipped).toEqual([]);
    expect(sections.map(({ path }) => path).toSorted()).toEqual([
      'raw/bridge-fdb.json',
      'raw/ip-6-route.json',
      'raw/ip-address.json',
      'raw/ip-link.json',
      'raw/ip-neigh-1.json',
      'raw/ip-route.json',
      'raw/ip-rule.json',
      'raw/kernel-log.txt',
    ]);
    const link = sections.find(({ path }) => path === 'raw/ip-link.json');
    expect(link).toMatchObject({ source: 'ip -d -j link show', exit: 0, isMasked: false });
    expect(JSON.parse(textOf(link))).toEqual([{ ifname: 'eth0' }]);
    expect(sections.every(({ ms = 0 }) => ms > 0)).toBe(true);
  });

  it('of the kernel’s log keeps lines about links of ours, and says that it is free text', async () => {
    const { sections } = await toolOutput(machine(everything), LINKS);
    const log = sections.find(({ path }) => path === 'raw/kernel-log.txt');
    expect(log).toMatchObject({ text: 'eth0: link is up\n', isFreeText: true, isCuttable: true });
  });

  it('is asked about the neighbours of parents alone, and of no more than eight', async () => {
    const asked: string[] = [];
    const parents = Array.from({ length: 12 }, (_, at) => `p${at}`);
    await toolOutput(machine(everything, asked), { parents, all: [...parents, 'sh0'] });
    const devices = asked.flatMap((one) => / neigh show dev (.*)$/u.exec(one)?.[1] ?? []);
    expect(devices).toEqual(parents.slice(0, 8));
  });

  it('takes nothing at all for an empty list', async () => {
    const { sections } = await toolOutput(
      machine(() => known('\n')),
      LINKS,
    );
    expect(textOf(sections.find(({ path }) => path === 'raw/ip-rule.json'))).toBe('[]\n');
  });
});

describe('a tool that does not answer', () => {
  it.each([
    [unknown('absent', 'ip is not installed'), 'absent', 'ip is not installed'],
    [unknown('denied', 'dmesg may not look'), 'denied', 'dmesg may not look'],
    [unknown('failed', 'it took too long'), 'failed', 'it took too long'],
    [unknown('skipped', 'nobody asked'), 'unwanted', 'nobody asked'],
  ] as const)('is skipped with its reason: %j', async (fact, why, detail) => {
    const { sections, skipped } = await toolOutput(
      machine(() => fact),
      LINKS,
    );
    expect(sections).toEqual([]);
    expect(skipped).toHaveLength(8);
    expect(skipped).toContainEqual({ what: 'dmesg', why, detail });
  });

  it('costs its own file alone', async () => {
    const { sections, skipped } = await toolOutput(
      machine((argv) => (argv.includes('rule') ? known('Error: cut o') : everything(argv))),
      LINKS,
    );
    expect(sections).toHaveLength(7);
    expect(skipped).toEqual([
      { what: 'ip -j rule show', why: 'failed', detail: 'what it printed is no JSON' },
    ]);
  });

  it('is not looked for where there is no Linux', async () => {
    const { sections, skipped } = await toolOutput(
      { netns: null, monotonicMs: () => 0 },
      { parents: [], all: [] },
    );
    expect(sections).toEqual([]);
    expect(new Set(skipped.map(({ why }) => why))).toEqual(new Set(['not-applicable']));
  });
});
