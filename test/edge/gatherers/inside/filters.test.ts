import { describe, expect, it } from 'vitest';
import { filters } from '../../../../src/edge/gatherers/inside/filters.js';
import type { NetnsDoor } from '../../../../src/edge/host/host.js';
import { type Fact, known, unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { type FakeMachine, fakeHost } from '../../../support/fake-host.js';
import { closedNetns } from '../../../support/namespaces-host.js';
import { valueOf } from '../../../support/netlink-bytes.js';

const { facts } = aSnapshot().parent('eth0').child('web').build();
const [, web] = facts.namespaces.state === 'known' ? facts.namespaces.value : [];
const inode = web?.inode ?? 0;
const inodes = { '/run/netns/web': inode };

const NFT = JSON.stringify({
  nftables: [
    { rule: { family: 'inet', table: 't', chain: 'c', expr: [{ drop: null }] } },
    { rule: { family: 'inet', table: 't', chain: 'c', expr: [{ accept: null }] } },
  ],
});
const SAVED = '*filter\n[2:168] -A INPUT -p icmp -j DROP\n';
const MISSING = unknown('absent', 'it is not installed');

interface Programs {
  readonly [program: string]: Fact<string>;
}

/** What the programs print, whether iptables of the old kind is in use, and which were run. */
function place(programs: Programs, names = known(''), files: FakeMachine['files'] = {}) {
  const ran: string[] = [];
  const netns: NetnsDoor = {
    ...closedNetns,
    readTexts: () => known([names]),
    read(path, [program]) {
      ran.push(`${program} in ${String(path)}`);
      return Promise.resolve(programs[program] ?? MISSING);
    },
  };
  return { host: fakeHost({ inodes, files, host: { netns } }), ran };
}

const LEGACY = known('filter\n');

describe('filters', () => {
  it('are read by nft inside the namespace', async () => {
    const { host, ran } = place({ nft: known(NFT) });
    const fact = (await filters([inode]).gather(host, facts)).filters;
    expect(fact).toEqual(
      known({
        [inode]: {
          dropping: [{ family: 'inet', table: 't', chain: 'c', verdict: 'drop', matches: '' }],
        },
      }),
    );
    expect(ran).toEqual(['nft in /run/netns/web']);
  });

  it('are those of iptables of the old kind too, where it is in use', async () => {
    const { host, ran } = place({ nft: known(NFT), 'iptables-save': known(SAVED) }, LEGACY);
    const fact = (await filters([inode]).gather(host, facts)).filters;
    expect(valueOf(fact)[inode]?.dropping.map(({ table }) => table)).toEqual(['t', 'filter']);
    expect(ran.toSorted()).toEqual(
      ['iptables-legacy-save', 'iptables-save', 'nft'].map((one) => `${one} in /run/netns/web`),
    );
  });

  it('are read by iptables-nft-save where nft is not installed', async () => {
    const { host } = place({ 'iptables-nft-save': known(SAVED) });
    const fact = (await filters([inode]).gather(host, facts)).filters;
    expect(valueOf(fact)[inode]?.dropping).toMatchObject([{ verdict: 'drop', packets: 2 }]);
  });

  it.each([
    ['nothing is installed', place({}), 'absent'],
    ['it is not allowed', place({ nft: unknown('denied', 'needs root') }), 'denied'],
    ['it prints nonsense', place({ nft: known('nonsense') }), 'failed'],
    [
      'only half is readable, and drops nothing',
      place({ nft: known('{"nftables":[]}') }, LEGACY),
      'absent',
    ],
  ])('say why when %s', async (_why, { host }, state) => {
    expect((await filters([inode]).gather(host, facts)).filters.state).toBe(state);
  });

  it('show the half that is readable where it drops', async () => {
    const { host } = place(
      { nft: unknown('failed', 'no'), 'iptables-legacy-save': known(SAVED) },
      LEGACY,
    );
    const fact = (await filters([inode]).gather(host, facts)).filters;
    expect(valueOf(fact)[inode]?.dropping).toHaveLength(1);
  });

  it.each([
    ['it is a module that is there', { '/proc/modules': '', '/sys/module/nf_tables': '' }, true],
    ['no kernel without modules loads one', {}, true],
    [
      'it is built in',
      {
        '/proc/modules': '',
        '/lib/modules/6.1.0-32-amd64/modules.builtin': 'kernel/net/netfilter/nf_tables.ko\n',
      },
      true,
    ],
    [
      'it is not loaded',
      { '/proc/modules': '', '/lib/modules/6.1.0-32-amd64/modules.builtin': 'kernel/fs/ext4.ko\n' },
      false,
    ],
    [
      'its symbols are there',
      { '/proc/modules': '', '/proc/kallsyms': '0 t nf_tables_newrule\t[nf_tables]\n' },
      true,
    ],
    ['nothing tells of it', { '/proc/modules': '' }, false],
  ])('load no module for the asking: %s', async (_why, files, isAsked) => {
    const { host, ran } = place({ nft: known('{"nftables":[]}') }, known(''), files);
    const fact = (await filters([inode]).gather(host, facts)).filters;
    expect(fact).toEqual(known({ [inode]: { dropping: [] } }));
    expect(ran).toHaveLength(isAsked ? 1 : 0);
  });

  it('are not looked for where no answer was missing, nor without Linux', async () => {
    const { host, ran } = place({ nft: known(NFT) });
    expect((await filters([]).gather(host, facts)).filters.state).toBe('skipped');
    expect(ran).toEqual([]);
    expect((await filters([inode]).gather(fakeHost(), facts)).filters.state).toBe('absent');
    const gone = fakeHost({ host: { netns: closedNetns } });
    expect((await filters([inode]).gather(gone, facts)).filters.state).toBe('failed');
  });
});
