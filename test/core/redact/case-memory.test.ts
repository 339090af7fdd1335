// What a case remembers from bundle to bundle.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactSnapshot, translate } from '../../../src/core/redact/redact-snapshot.js';
import { StandIns } from '../../../src/core/redact/stand-ins.js';
import type { CaseMemory } from '../../../src/model/case-memory.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { anyHost } from '../../support/masked-hosts.js';

const KEY = keyed('a case');
const SERVER = '10.44.9.77';

/** It knows the server as a router of its own, and nothing of the subnet around it. */
const before = aSnapshot()
  .parent('lan0', { address: '10.7.3.10/24' })
  .child('shop', { address: '10.7.3.20/24', gateway: SERVER })
  .build();
const after = aSnapshot()
  .parent('lan0', { address: '10.44.9.10/24' })
  .child('shop', { address: '10.44.9.20/24', gateway: SERVER })
  .build();

const bundled = (snapshot: Snapshot, earlier?: CaseMemory) =>
  redactSnapshot(snapshot, {
    mode: 'prefix',
    prf: KEY,
    ...(earlier === undefined ? {} : { earlier }),
  });
const out = (map: StandIns) => map.mapper('out');

describe('another bundle of a case', () => {
  it('calls everything as the first did, where it knows the same subnets', () => {
    fc.assert(
      fc.property(anyHost, (snapshot) => {
        const first = bundled(snapshot).map;
        const second = bundled(snapshot, first.memory).map;
        expect(new Map(second.memory.names)).toEqual(new Map(first.memory.names));
        expect({ ...second.memory, names: [] }).toEqual({ ...first.memory, names: [] });
      }),
      { numRuns: 30 },
    );
  });

  it('goes by subnets that only an earlier one knew', () => {
    const first = bundled(after).map;
    const second = bundled(before, first.memory).map;
    expect(out(second).ip(SERVER)).toBe(out(first).ip(SERVER));
    expect(second.memory.former).toEqual([]);
  });

  it('says which host of its subnet an address is, once it knows that subnet, and in the same prefix as before', () => {
    const first = bundled(before).map;
    const second = bundled(after, first.memory).map;
    const [old, now] = [out(first).ip(SERVER), out(second).ip(SERVER)];
    expect(old).not.toBe(now);
    expect(now).toMatch(/\.77$/u);
    expect(now.split('.').slice(0, 3)).toEqual(old.split('.').slice(0, 3));
    expect(second.memory.former).toContainEqual([SERVER, old]);
  });

  it('is called by its newest bundle what the checks need, whatever came before', () => {
    const alone = bundled(after);
    const later = bundled(after, bundled(before).map.memory);
    expect(later.snapshot.facts.namespaces).toEqual(alone.snapshot.facts.namespaces);
  });
});

describe('an answer to an earlier bundle', () => {
  const first = bundled(before).map;
  const second = bundled(after, first.memory).map;
  const old = out(first).ip(SERVER);

  it('is turned back by what was said then, and one to the newest by what is said now', () => {
    expect(translate(`ask ${old}, or ${old}/24`, second)).toBe(`ask ${SERVER}, or ${SERVER}/24`);
    expect(translate(`ask ${out(second).ip(SERVER)}`, second)).toBe(`ask ${SERVER}`);
  });

  it('means whom the newest bundle calls so, where two were', () => {
    const { memory } = second;
    const rival = second.mapper('back').ip(old);
    const both = new StandIns(
      { ...memory, addresses: [...(memory.addresses ?? []), '10.44.9.200'] },
      KEY,
    );
    const taken = new StandIns(
      { ...memory, former: [[SERVER, out(both).ip('10.44.9.200')]], addresses: ['10.44.9.200'] },
      KEY,
    );
    expect(rival).toBe(SERVER);
    expect(translate(out(both).ip('10.44.9.200'), taken)).toBe('10.44.9.200');
  });

  it('about a prefix is turned back too, once a wider subnet around it is known', () => {
    const ways = { dst: '10.44.9.0/24', gateway: '10.7.3.1', dev: 'lan0' };
    const far = aSnapshot().parent('lan0', { address: '10.7.3.10/24' }).hostRoute(ways).build();
    const wide = aSnapshot().parent('lan0', { address: '10.44.200.10/16' }).build();
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const prf = keyed(key);
      const { map } = redactSnapshot(far, { mode: 'prefix', prf });
      const said = out(map).cidr('10.44.9.0/24');
      const later = redactSnapshot(wide, { mode: 'prefix', prf, earlier: map.memory }).map;
      expect(translate(`the way to ${said} is missing`, later)).toBe(
        'the way to 10.44.9.0/24 is missing',
      );
      expect(translate(out(later).cidr('10.44.9.0/24'), later)).toBe('10.44.9.0/24');
    }
  });

  it('is still understood after a third bundle', () => {
    const third = bundled(before, second.memory).map;
    expect(third.memory.former).toEqual(second.memory.former);
    expect(translate(old, third)).toBe(SERVER);
  });

  it('is understood by a case that an earlier version has kept', () => {
    const { addresses: _addresses, former: _former, ...kept } = first.memory;
    const later = bundled(after, kept).map;
    expect(translate(out(later).ip(SERVER), later)).toBe(SERVER);
  });
});
