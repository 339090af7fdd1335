// Where a verdict goes by the order of names, or by what a name promises: the same under every key.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { bothHeadlines, bothReports, renamed } from '../../support/masked-law.js';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const REFUSED = fileURLToPath(
  new URL('../../../fixtures/hosts/refused-plan/snapshot.json', import.meta.url),
);

/** Three networks that want one parent of an engine that gives it to one. */
const shared = (): Snapshot =>
  aSnapshot()
    .engine({ serverVersion: '20.10.24' })
    .parent('eth0')
    .network({ name: 'wimp-net', subnet: '192.0.2.0/24' })
    .network({ name: 'aspen-net', subnet: '198.51.100.0/24' })
    .network({ name: 'larch-net', subnet: '203.0.113.0/24' })
    .build();

/** A network whose parent is gone, and promises a VLAN by its name. */
const promised = (parent: string): Snapshot =>
  aSnapshot()
    .parent('eth0', { gateway: '192.0.2.1' })
    .network({ name: 'iot-net', subnet: '198.51.100.0/24', parent })
    .build();

describe.each(KEYS)('under the key %s', (key) => {
  it.each([
    { what: 'several networks on one parent', snapshot: shared() },
    ...['vlan50', 'vlan-50', 'vlan_50', 'VLAN50', 'eth0.50', 'uplink50'].map((parent) => ({
      what: `a missing parent ${parent}`,
      snapshot: promised(parent),
    })),
  ])('$what: the same results', ({ snapshot }) => {
    for (const mode of ['prefix', 'strict'] as const) {
      const { real, masked } = bothHeadlines(snapshot, mode, keyed(key));
      expect(masked).toEqual(real);
      expect(masked).not.toEqual([]);
    }
  });

  it('what has stand-ins already keeps the order that it came with', () => {
    const { real, masked } = bothHeadlines(renamed(shared(), keyed('b')), 'prefix', keyed(key));
    expect(masked).toEqual(real);
  });

  it('a plan that was refused: the same report', () => {
    const snapshot = JSON.parse(readFileSync(REFUSED, 'utf8')) as Snapshot;
    const { real, masked } = bothReports(renamed(snapshot, keyed('other names')), keyed(key));
    expect(masked).toEqual(real);
  });
});
