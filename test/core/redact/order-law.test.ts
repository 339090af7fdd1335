// Where a verdict goes by the order of names, or by what a name promises: the same under every key.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { redactSnapshot } from '../../../src/core/redact/redact-snapshot.js';
import { known } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { bothHeadlines, bothPlans, bothReports, renamed } from '../../support/masked-law.js';

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

/** ipvlan links on one parent, of namespaces and of the host itself. */
function flat(): Snapshot {
  const host = aSnapshot().platform({ hostname: 'quax' }).parent('eth0');
  for (const name of ['wimp', 'aspen', 'larch', 'yelt']) host.child(name, { kind: 'ipvlan' });
  return host.build();
}

/** A child that waits for more neighbours than are asked about. */
const waiting = (): Snapshot =>
  aSnapshot()
    .parent('eth0')
    .child('shop', {
      neighbours: [90, 71, 112, 64, 53, 105, 88, 77, 99, 61, 121, 93].map((last) => ({
        dst: `192.0.2.${last.toString()}`,
        state: ['FAILED'],
      })),
    })
    .build();

/** A host in the likeness of a product's machine, and an engine in another such. */
const near = (): Snapshot =>
  aSnapshot()
    .platform({ hostname: 'lima-quax' })
    .parent('eth0')
    .child('shop')
    .engine({ name: 'lima-zorb' })
    .network({ name: 'iot-net', subnet: '198.51.100.0/24', parent: 'nowhere0' })
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

  it('ipvlan links: the same report', () => {
    const { real, masked } = bothReports(renamed(flat(), keyed('other names')), keyed(key));
    expect(JSON.stringify(masked)).toContain('"ipvlans":[{');
    expect(masked).toEqual(real);
  });

  it('more neighbours than are asked about: the same ones', () => {
    for (const mode of ['prefix', 'strict'] as const) {
      const { real, masked } = bothPlans(waiting(), mode, keyed(key));
      // A free address is looked for by number, which strict stand-ins do not keep.
      const [left, right] = [real, masked].map((steps) =>
        steps.filter((step) => step.startsWith('neighbour-arp')),
      );
      expect(left).not.toEqual([]);
      expect(right).toEqual(left);
    }
  });

  it('a host and an engine that differ in what is dropped of them: the same results', () => {
    const { real, masked } = bothHeadlines(near(), 'strict', keyed(key));
    expect(real.join('\n')).toContain('desktop-vm · fail');
    expect(masked).toEqual(real);
  });

  it('a plan for a subnet that is nowhere yet: which of its hosts an address is', () => {
    const plan = aPlan({ subnets: ['10.9.3.0/24'], gateways: ['10.9.3.1'], ipRanges: [] });
    const host = aSnapshot().parent('eth0').fact('plan', known(plan)).build();
    const { ip } = redactSnapshot(host, { mode: 'prefix', prf: keyed(key) }).map.mapper('out');
    expect(ip('10.9.3.77')).toMatch(/\.77$/u);
  });

  it('a plan that was refused: the same report', () => {
    const snapshot = JSON.parse(readFileSync(REFUSED, 'utf8')) as Snapshot;
    const { real, masked } = bothReports(renamed(snapshot, keyed('other names')), keyed(key));
    expect(masked).toEqual(real);
  });
});
