// Which case an answer is about, where nobody says so.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maskFor } from '../../../src/cli/workflows/case-mask.js';
import { translateAnswer } from '../../../src/cli/workflows/translate.js';
import { CaseStore, newCase } from '../../../src/edge/bundle/case-store.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const NAS = aSnapshot()
  .platform({ hostname: 'quaxhost.zorb.example' })
  .parent('eth0', { address: '10.7.3.10/24', gateway: '10.7.3.1' })
  .child('xeno-shop', { address: '10.7.3.200/24', gateway: '10.7.3.1' })
  .build();

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-answer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the bundle of a case says of a text. */
function masked(caseId: string, text: string): string {
  const { mask, remembered = newCase(caseId) } = maskFor(NAS, 'prefix', newCase(caseId));
  new CaseStore({ XDG_STATE_HOME: folder }, undefined).keep(remembered);
  return mask.text(text);
}

async function answered(text: string): Promise<string> {
  const file = path.join(folder, 'answer.txt');
  writeFileSync(file, text);
  return translateAnswer(file, undefined, { XDG_STATE_HOME: folder });
}

describe('an answer about one of two cases', () => {
  it('is known by the stand-ins in it, whatever was kept in both', async () => {
    const said = 'as follows: xeno-shop hangs on eth0 of quaxhost, lo is up';
    const [one, other] = [masked('T-1', said), masked('T-2', said)];
    expect(one).not.toBe(other);
    expect(await answered(one)).toBe(said);
    expect(await answered(other)).toBe(said);
  });

  it('is read back before a path and before a mask too', async () => {
    masked('T-2', '');
    for (const tail of ['/x', '/', '/255.255.255.0', '/24', '/24/7', '/2444']) {
      const said = `xeno-shop: 10.7.3.200${tail}`;
      const other = masked('T-1', said);
      expect(other).not.toContain('10.7.3.200');
      expect(await answered(other)).toBe(said);
      rmSync(path.join(folder, 'macvlan-doctor', 'mvd-map-T-1.json'));
    }
  });

  it('is nobody’s where it only says what both have, or no whole word of either', async () => {
    const name = masked('T-1', 'xeno-shop');
    masked('T-2', '');
    for (const said of ['eth0 and lo are up', `${name}s`, `x${name}`])
      await expect(answered(said)).rejects.toThrow('speaks of no stand-in known here');
  });

  it('is a text, and no bundle', async () => {
    await expect(answered('\u001f\u008b\b\0')).rejects.toThrow('it is no text');
  });

  it('is not guessed where it speaks of both', async () => {
    const both = `${masked('T-1', 'xeno-shop')} and ${masked('T-2', 'xeno-shop')}`;
    await expect(answered(both)).rejects.toThrow('speaks of several cases');
  });
});
