import { describe, expect, it } from 'vitest';
import { carriersOf } from '../../../src/edge/gatherers/carriers.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';

function namesIn(facts: Parameters<typeof carriersOf>[0]): string[] {
  return carriersOf(facts).map(({ ifname }) => ifname);
}

describe('links that carry traffic', () => {
  it('are cards, and parents of any kind, in this namespace and in others', () => {
    const { facts } = aSnapshot()
      .hostLink('eth0')
      .hostLink('eth1')
      .hostLink('veth7', { kind: 'veth' })
      .hostLink('docker0', { kind: 'bridge' })
      .parent('br0', { kind: 'bridge' })
      .child('web')
      .parent('eth0.7', { kind: 'vlan' })
      .shim('mvd-shim')
      .build();
    expect(namesIn(facts)).toEqual(['eth0', 'eth1', 'br0', 'eth0.7']);
  });

  it('are VLANs, and what they stand on', () => {
    const { facts } = aSnapshot()
      .hostLink('veth7', { kind: 'veth' })
      .hostLink('veth7.5', { kind: 'vlan', lower: 'veth7' })
      .parent('br0', { kind: 'bridge' })
      .child('web')
      .build();
    expect(namesIn(facts)).toEqual(['veth7', 'veth7.5', 'br0']);
  });

  it('are none where the namespaces are not known', () => {
    expect(namesIn({})).toEqual([]);
    expect(namesIn({ namespaces: unknown('failed', 'no') })).toEqual([]);
  });
});
