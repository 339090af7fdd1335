import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACTS_PATH } from '../../../src/core/bundle/layout.js';
import { noMask, type Mask } from '../../../src/core/bundle/mask.js';
import type { Section } from '../../../src/core/bundle/section.js';
import { readBundle } from '../../../src/edge/bundle/read-bundle.js';
import { seal, type ManifestHead, type Sealed } from '../../../src/edge/bundle/seal.js';
import {
  BUNDLE_SCHEMA_VERSION,
  type BundleLimits,
  type Manifest,
} from '../../../src/model/bundle.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const LIMITS: BundleLimits = { packedBytes: 1_000_000, factsBytes: 1000, fileBytes: 100 };
const SNAPSHOT = aSnapshot().parent('eth0').build();

const head = (limits: Partial<BundleLimits> = {}): ManifestHead => ({
  schemaVersion: BUNDLE_SCHEMA_VERSION,
  schemaVersions: { snapshot: 1, report: 1 },
  tool: { name: 'macvlan-doctor', version: '0.0.0' },
  catalogue: { checks: 0, sha256: '' },
  case: 'T-1',
  host: 'host-gibotuka',
  startedAt: '2026-01-31T12:00:00.000Z',
  endedAt: '2026-01-31T12:00:01.000Z',
  durationMs: 1000,
  flags: [],
  expectations: [],
  privileges: null,
  complete: true,
  skipped: [],
  limits: { ...LIMITS, ...limits },
});

/** Everything called `quax` is called `ctr` instead; `zorb` should have been, and was not. */
const MASK: Mask = {
  ...noMask(SNAPSHOT),
  mode: 'prefix',
  keyId: 'abcd1234',
  text: (text) => text.replaceAll('quax', 'ctr'),
  leakIn: (bytes) => (/quax|zorb/u.test(Buffer.from(bytes).toString()) ? 'a name' : undefined),
};

const section = (name: string, text: string, more: Partial<Section> = {}): Section => ({
  path: name,
  source: `what made ${name}`,
  text,
  isMasked: false,
  ...more,
});
const FACTS = section(FACTS_PATH, '{"facts":{}}\n');

const sealed = (
  sections: readonly Section[],
  limits: Partial<BundleLimits> = {},
): Promise<Sealed> => seal(sections, { folder: 'b', head: head(limits), mask: MASK });

const inside = ({ manifest }: Pick<Sealed, 'manifest'>): string[] =>
  manifest.files.map((file) => file.path);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-seal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function readBack({ archive }: Sealed) {
  const file = path.join(folder, 'b.tar.gz');
  writeFileSync(file, archive);
  return readBundle(file);
}

describe('what is sealed', () => {
  it('is told of truly: path, size, hash and where it came from', async () => {
    const done = await sealed([FACTS, section('raw/x.txt', 'été\n', { exit: 0, ms: 7 })]);
    expect(inside(done)).toEqual(['README.txt', FACTS_PATH, 'raw/x.txt']);
    expect(done.manifest.files).toContainEqual({
      path: 'raw/x.txt',
      bytes: 6,
      sha256: createHash('sha256').update('été\n').digest('hex'),
      truncated: false,
      source: 'what made raw/x.txt',
      exit: 0,
      ms: 7,
    });
    const { facts, manifest } = await readBack(done);
    expect(facts).toBe(FACTS.text);
    expect(JSON.parse(manifest ?? '') as Manifest).toEqual(done.manifest);
    expect(done.sha256).toBe(createHash('sha256').update(done.archive).digest('hex'));
  });

  it('is the same for the same input', async () => {
    const sections = [FACTS, section('raw/x.txt', 'x')];
    const [one, again] = await Promise.all([sealed(sections), sealed(sections)]);
    expect(one.sha256).toBe(again.sha256);
  });

  it('gets its stand-ins here, unless it has them already', async () => {
    const { facts } = await readBack(await sealed([section(FACTS_PATH, '{"a":"quax"}')]));
    expect(facts).toBe('{"a":"ctr"}');
    const before = section(FACTS_PATH, '{"a":"other"}', { isMasked: true });
    expect((await readBack(await sealed([before]))).facts).toBe('{"a":"other"}');
  });
});

describe('what would give something away', () => {
  it.each([
    ['in a text', section('raw/x.txt', 'and zorb'), 'raw/x.txt'],
    ['in a path', section('raw/zorb.txt', 'x'), 'raw/zorb.txt'],
    [
      'in what has its stand-ins already',
      section('report.txt', 'quax', { isMasked: true }),
      'report.txt',
    ],
    [
      'in where it came from',
      section('raw/x.txt', 'x', { source: 'ip link show zorb' }),
      'README.txt',
    ],
  ])('%s ends the work, and the part is named', async (_name, one, part) => {
    await expect(sealed([FACTS, one])).rejects.toThrow(
      `${part} would have held a name that should have been masked: nothing was written; please report this`,
    );
  });
});

describe('what is too large', () => {
  it('is cut where its ends mean something, and left out where they do not', async () => {
    const long = 'line\n'.repeat(40);
    const done = await sealed([
      FACTS,
      section('probes/x.jsonl', long, { isCuttable: true }),
      section('raw/x.json', long),
    ]);
    expect(inside(done)).toEqual(['README.txt', FACTS_PATH, 'probes/x.jsonl']);
    expect(done.manifest.files).toContainEqual(
      expect.objectContaining({ path: 'probes/x.jsonl', truncated: true }),
    );
    expect(done.manifest.skipped).toEqual([
      expect.objectContaining({ what: 'raw/x.json', why: 'too-large' }),
    ]);
    expect(done.manifest.complete).toBe(true);
  });

  it('counts in bytes, as whoever reads it does', async () => {
    const done = await sealed([FACTS, section('raw/x.json', 'é'.repeat(60))]);
    expect(inside(done)).toEqual(['README.txt', FACTS_PATH]);
  });

  it('is not complete where it is the facts', async () => {
    const done = await sealed([section(FACTS_PATH, 'x'.repeat(1001))]);
    expect(done.manifest.complete).toBe(false);
    expect(inside(done)).toEqual(['README.txt']);
  });

  it('goes by its worth, the least first, until the rest fits, and each is told of', async () => {
    const noise = (): string => randomBytes(1500).toString('base64');
    const parts = [3, 1, 2].map((worth) => section(`raw/${worth}.txt`, noise(), { worth }));
    const limits = { packedBytes: 4000, fileBytes: 5000 };
    const done = await sealed([FACTS, ...parts], limits);
    expect(done.archive.length).toBeLessThanOrEqual(4000);
    expect(inside(done)).toEqual(['README.txt', FACTS_PATH, 'raw/3.txt']);
    expect(done.manifest.skipped.map(({ what }) => what)).toEqual(['raw/1.txt', 'raw/2.txt']);
  });

  it('ends the work where nothing may be left out', async () => {
    await expect(sealed([FACTS], { packedBytes: 100 })).rejects.toThrow(
      'the bundle is larger than a ticket takes, even without all that can be left out',
    );
  });
});
