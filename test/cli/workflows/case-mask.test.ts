// The stand-ins of a case, from bundle to bundle and from case to case.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleText } from '../../../src/cli/bundle-text.js';
import { headOf } from '../../../src/cli/workflows/bundle-head.js';
import { sectionsOfRun } from '../../../src/cli/workflows/bundle-sections.js';
import type { Packed } from '../../../src/cli/workflows/bundle.js';
import { maskFor, translated } from '../../../src/cli/workflows/case-mask.js';
import { judge } from '../../../src/cli/workflows/judge.js';
import { WRITE_LIMITS } from '../../../src/core/bundle/layout.js';
import { OWN_WORDS } from '../../../src/core/redact/leak/own-words.js';
import type { Mask } from '../../../src/core/bundle/mask.js';
import { newCase, type CaseFile } from '../../../src/edge/bundle/case-store.js';
import { seal } from '../../../src/edge/bundle/seal.js';
import type { RedactionMode } from '../../../src/model/bundle.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { anyHost } from '../../support/masked-hosts.js';

const leakIn = ({ leakIn: look }: Mask, text: string): string | undefined =>
  look(Buffer.from(text), { isOurs: false });

const NAS = aSnapshot()
  .platform({ hostname: 'quaxhost.zorb.example' })
  .parent('lan0', { address: '10.7.3.10/24', gateway: '10.7.3.1' })
  .child('xeno-shop', { address: '10.7.3.200/24', gateway: '10.7.3.1' })
  .build();
const OTHER = aSnapshot()
  .platform({ hostname: 'zebrahost.zorb.example' })
  .parent('lan0', { address: '10.7.3.11/24', gateway: '10.7.3.1' })
  .child('xeno-shop', { address: '10.7.3.200/24', gateway: '10.7.3.1' })
  .build();

function bundled(snapshot: Snapshot, known: CaseFile, mode: RedactionMode = 'prefix') {
  const { mask, remembered = known } = maskFor(snapshot, mode, known);
  return { mask, remembered, text: JSON.stringify(mask.snapshot) };
}

const standInsOf = ({ memory }: CaseFile): ReadonlyMap<string, string> =>
  new Map(memory?.names.filter(([name, other]) => name !== other));

describe('two bundles of one case', () => {
  it('call the same the same, and others otherwise', () => {
    const first = bundled(NAS, newCase('T-1'));
    const second = bundled(OTHER, first.remembered);
    expect(second.mask.keyId).toBe(first.mask.keyId);
    const [before, after] = [standInsOf(first.remembered), standInsOf(second.remembered)];
    for (const [name, standIn] of before) expect(after.get(name)).toBe(standIn);
    expect(after.get('zorb.example')).toBe(before.get('zorb.example'));
    expect(after.get('zebrahost')).not.toBe(before.get('quaxhost'));
    const said = 'xeno-shop at 10.7.3.200, by 10.7.3.1';
    expect(second.mask.text(said)).toBe(first.mask.text(said));
    expect(second.mask.renamed).toBe(0);
  });

  it('are both read back by what is kept after the second', () => {
    const first = bundled(NAS, newCase('T-1'));
    const second = bundled(OTHER, first.remembered);
    for (const [{ mask }, said] of [
      [first, 'xeno-shop on quaxhost has 10.7.3.200'],
      [second, 'xeno-shop on zebrahost has 10.7.3.200'],
    ] as const) {
      expect(mask.text(said)).not.toBe(said);
      expect(translated(mask.text(said), second.remembered)).toBe(said);
    }
  });

  it('cannot be masked in two ways: one answer would have two meanings', () => {
    const { remembered } = bundled(NAS, newCase('T-1'));
    expect(() => bundled(NAS, remembered, 'strict')).toThrow(
      'case T-1 has bundles with --redact prefix: give it the same, or another --case',
    );
  });

  it('say how many addresses are called otherwise, once a subnet around them is known', async () => {
    const stranger = aSnapshot()
      .parent('lan0', { address: '10.7.3.10/24' })
      .child('xeno-shop', { address: '10.7.3.200/24', gateway: '10.44.9.77' })
      .build();
    const known = aSnapshot()
      .parent('lan0', { address: '10.44.9.10/24' })
      .child('xeno-shop', { address: '10.44.9.20/24', gateway: '10.44.9.77' })
      .build();
    const first = bundled(stranger, newCase('T-1'));
    const second = bundled(known, first.remembered);
    expect(second.mask.renamed).toBe(1);
    expect(await toldOf(known, second.mask)).toMatch(
      /but for 1 address that is called\s+otherwise\s+than before/u,
    );
    expect(await toldOf(stranger, first.mask)).not.toContain('otherwise');
  });
});

/** As the command tells of it. */
async function toldOf(
  snapshot: Snapshot,
  mask: Packed['mask'],
  file = 'b.tar.gz',
): Promise<string> {
  const run = { snapshot, events: [], isWhole: true, endedAt: snapshot.takenAt };
  const report = judge(mask.snapshot, { expectations: [], only: [], skip: [] }, 0);
  const head = headOf(run, mask, { caseId: 'T-1', flags: [], skipped: [], limits: WRITE_LIMITS });
  const sealed = await seal(sectionsOfRun(mask.snapshot, report), { folder: 'b', head, mask });
  const packed: Packed = { ...sealed, file, report, mask, snapshot };
  return bundleText(packed, { color: false, width: 80, verbose: false, quiet: false });
}

it('the name of a bundle moves no cursor where it is told', async () => {
  const { mask } = bundled(NAS, newCase('T-1'));
  expect(await toldOf(NAS, mask, 'e\u001B[31md.tar.gz')).not.toContain('\u001B');
});

it('the command that shows it is whole, however long its name is', async () => {
  const { mask } = bundled(NAS, newCase('T-1'));
  const file = `/srv/our tickets/${'of this year '.repeat(8)}/b.tar.gz`;
  expect(await toldOf(NAS, mask, file)).toContain(`  macvlan-doctor analyze '${file}'\n`);
});

describe('bundles of two cases', () => {
  it('have no name, no MAC and no key in common, whatever the host', () => {
    fc.assert(
      fc.property(anyHost, (snapshot) => {
        const [one, other] = [
          bundled(snapshot, newCase('T-1')),
          bundled(snapshot, newCase('T-2')),
        ] as const;
        expect(one.mask.keyId).not.toBe(other.mask.keyId);
        const names = new Set(standInsOf(one.remembered).values());
        for (const [name, standIn] of standInsOf(other.remembered)) {
          // Short hexadecimal ends of links may meet by chance; words of eight letters do not.
          if (/-[a-z]{8}$/u.test(standIn)) expect(names.has(standIn), name).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('call the same address otherwise, but for ranges that nobody owns', () => {
    const [one, other] = [newCase('T-1'), newCase('T-2')].map((known) => bundled(NAS, known).mask);
    const said = Array.from({ length: 40 }, (_, at) => `10.${at + 20}.7.9`);
    const same = said.filter((ip) => one?.text(ip) === other?.text(ip));
    expect(same).toEqual([]);
    expect(one?.text('127.0.0.1 224.0.0.251')).toBe(other?.text('127.0.0.1 224.0.0.251'));
  });

  it('are not read back by each other', () => {
    const mine = bundled(NAS, newCase('T-1'));
    const theirs = bundled(OTHER, newCase('T-2'));
    const answer = mine.mask.text('xeno-shop on quaxhost');
    expect(translated(answer, theirs.remembered)).toBe(answer);
    expect(translated(answer, newCase('T-3'))).toBe(answer);
  });
});

describe('--redact strict', () => {
  const strict = bundled(NAS, newCase('T-1'), 'strict');

  it('leaves no name of a host or a domain to tell apart, and nobody gets back from it', () => {
    expect(strict.text).not.toMatch(/quaxhost|zorb/u);
    expect(bundled(OTHER, newCase('T-1'), 'strict').mask.snapshot.facts.platform).toEqual(
      strict.mask.snapshot.facts.platform,
    );
    const back = translated(strict.text, strict.remembered);
    expect(back).not.toMatch(/quaxhost|zorb/u);
    expect(back).toContain('xeno-shop');
  });

  it('does not say which host of its subnet an address is', () => {
    const hosts = Array.from({ length: 60 }, (_, at) => `10.7.3.${at + 20}`);
    const kept = hosts.filter(
      (ip) => strict.mask.text(ip).split('.')[3] === ip.split('.')[3],
    ).length;
    expect(kept).toBeLessThan(hosts.length / 2);
    expect(new Set(hosts.map((ip) => strict.mask.text(ip))).size).toBe(hosts.length);
  });

  it('says the same of the host', () => {
    const gist = (snapshot: Snapshot): string[] =>
      judge(snapshot, { expectations: [], only: [], skip: [] }, 0).results.map(
        ({ check, status, code }) => `${check} ${status} ${code ?? ''}`,
      );
    expect(gist(strict.mask.snapshot)).toEqual(gist(NAS));
  });
});

describe('--redact none', () => {
  it('changes nothing, remembers nothing and finds nothing', () => {
    const { mask, remembered } = maskFor(NAS, 'none', newCase('T-1'));
    expect(mask.snapshot).toBe(NAS);
    expect(remembered).toBeUndefined();
    expect(mask.keyId).toBeUndefined();
    expect(mask.text('xeno-shop at 10.7.3.200')).toBe('xeno-shop at 10.7.3.200');
    expect(leakIn(mask, JSON.stringify(NAS))).toBeUndefined();
  });
});

it('a host whose names are all words of ours can be sealed', async () => {
  const word = fc.constantFrom(...OWN_WORDS);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(word, { minLength: 6, maxLength: 6 }), async (words) => {
      const [hostname = '', web = '', db = '', network = '', shim = '', isolated = ''] = words;
      const snapshot = aSnapshot()
        .platform({ hostname })
        .parent('lan0', { address: '10.7.3.10/24', gateway: '10.7.3.1' })
        .network({ name: network, subnet: '10.7.3.0/24', gateway: '10.7.3.1' })
        .child(web, { address: '10.7.3.200/24', gateway: '10.7.3.1', network })
        .child(db, { address: '10.7.3.201/24', gateway: '10.7.3.9', mode: 'private' })
        .child(isolated, { address: '10.9.9.9/24', mode: 'vepa' })
        .shim(shim.slice(0, 15), { address: '10.7.3.254/32', mode: 'private' })
        .build();
      const { mask } = maskFor(snapshot, 'prefix', newCase('T-1'));
      const report = judge(mask.snapshot, { expectations: [], only: [], skip: [] }, 0);
      const run = { snapshot, events: [], isWhole: true, endedAt: snapshot.takenAt };
      const about = { caseId: 'T-1', flags: [], skipped: [], limits: WRITE_LIMITS };
      const options = { folder: 'b', head: headOf(run, mask, about), mask };
      await seal(sectionsOfRun(mask.snapshot, report), options);
    }),
    { numRuns: 150 },
  );
});

it('the last look finds every original that was left in', () => {
  const { mask } = bundled(NAS, newCase('T-1'));
  expect(leakIn(mask, JSON.stringify(mask.snapshot))).toBeUndefined();
  for (const original of ['xeno-shop', 'quaxhost', '10.7.3.200'])
    expect(leakIn(mask, `… ${original} …`)).toEqual(expect.stringMatching(/^an? /u));
});
