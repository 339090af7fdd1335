// Whatever somebody's things are called: a bundle is made of them, and does not say what.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../support/bundle-of.js';
import {
  PLAIN_NAMES,
  TELLING,
  UNLUCKY,
  unluckyHost,
  unluckyNames,
} from '../../support/unlucky-hosts.js';

const KEY = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe.each(['prefix', 'strict'] as const)('with --redact %s', (mode) => {
  it.each([
    { container: 'desktop-vm', network: 'duplicate-ip', link: 'source-guard' },
    { container: '8388608', network: '4026531840', link: '123456', host: '2026-01-31' },
    { container: 'neigh-40265', link: 'br-10000', shim: 'br-40265' },
    { link: 'my"link', shim: String.raw`my\shim`, network: "o'net", container: 'a%20b' },
    { link: 'ifname', shim: 'gso_max_size', container: 'noqueue', network: 'lower_up' },
    { container: 'cafe', network: 'beef', host: 'CAFE', link: 'FACE' },
    { container: 'Permission', host: 'DENIED', link: 'Promiscuous' },
    { container: 'media', other: 'leases', network: 'docker_engine', domain: 'example' },
  ])('the names %j are no leak', async (names) => {
    const { files } = await bundleOf(unluckyHost({ ...PLAIN_NAMES, ...names }), mode);
    expect(files.get('facts/snapshot.json')).toMatch(/^\{"schemaVersion"/u);
  });

  it('no name is a leak', async () => {
    await fc.assert(
      fc.asyncProperty(unluckyNames(UNLUCKY), KEY, async (names, key) => {
        const { files } = await bundleOf(unluckyHost(names), mode, { key });
        expect(files.size).toBeGreaterThan(5);
      }),
      { numRuns: 25 },
    );
  });

  it('what could be told from its name is nowhere in it', async () => {
    await fc.assert(
      fc.asyncProperty(unluckyNames(TELLING), KEY, async (names, key) => {
        const { files } = await bundleOf(unluckyHost(names), mode, { key });
        const telling = [...files].filter(([, text]) => text.toLowerCase().includes('quax'));
        expect(telling).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

it('with --redact none all names are in it, and none is a leak', async () => {
  await fc.assert(
    fc.asyncProperty(unluckyNames(UNLUCKY), async (names) => {
      const { files } = await bundleOf(unluckyHost(names), 'none');
      const facts = files.get('facts/snapshot.json') ?? '';
      for (const name of Object.values(names))
        expect(facts).toContain(JSON.stringify(name).slice(1, -1));
    }),
    { numRuns: 10 },
  );
});

it.each(['T-quaxhost', 'QUAX-SHOP', 'out-10-7-3-200'])(
  'a case that is called %s would tell, and another name is asked for',
  async (id) => {
    const host = unluckyHost(PLAIN_NAMES);
    await expect(bundleOf(host, 'prefix', { case: id })).rejects.toThrow(
      `--case ${id} has something of this host in it, and stands in the bundle as it is: choose another`,
    );
    await expect(bundleOf(host, 'none', { case: id })).resolves.toBeDefined();
    await expect(bundleOf(host, 'prefix', { case: 'T-guard' })).resolves.toBeDefined();
  },
);

it('what tools print stays JSON, with numbers for numbers and their own words', async () => {
  const names = { ...PLAIN_NAMES, link: '123456', shim: 'my"link', container: 'NOARP' };
  const { files } = await bundleOf(unluckyHost(names), 'prefix');
  const raw = JSON.parse(files.get('raw/ip-link.json') ?? '') as readonly object[];
  const all = JSON.stringify(raw);
  expect(raw.length).toBeGreaterThan(3);
  for (const part of ['my', '"123456"', 'quax']) expect(all).not.toContain(part);
  expect(raw).toContainEqual(expect.objectContaining({ qdisc: 'noqueue', max_mtu: 65_535 }));
  const links = raw.map((link) => ('ifname' in link ? link.ifname : undefined));
  const facts = JSON.parse(files.get('facts/snapshot.json') ?? '') as object;
  for (const link of links) expect(JSON.stringify(facts)).toContain(JSON.stringify(link));
});
