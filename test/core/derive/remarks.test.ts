import { describe, expect, it } from 'vitest';
import { remarksOn } from '../../../src/core/derive/remarks.js';
import { buildTopology } from '../../../src/core/derive/topology.js';
import type { Scope } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';

function remarks(scope: Partial<Scope>): string[] {
  const snapshot = aSnapshot()
    .parent('eth0')
    .hostLink('eth1')
    .network({ name: 'lan' })
    .child('web', { network: 'lan' })
    .container('old')
    .container('plain', { state: 'running' })
    .scope(scope)
    .build();
  return remarksOn(snapshot.facts, buildTopology(snapshot), snapshot.scope);
}

describe('remarks on what was asked for', () => {
  it('are silent where all of it is there', () => {
    expect(remarks({})).toEqual([]);
    expect(remarks({ containers: ['web'], parents: ['eth0'], networks: ['lan'] })).toEqual([]);
  });

  it('say why nothing is there', () => {
    expect(remarks({ containers: ['old'] })).toEqual([
      'Container old does not run (exited): only its networks were looked at.',
    ]);
    expect(remarks({ containers: ['plain'] })).toEqual([
      'Container plain has no macvlan link here.',
    ]);
    expect(remarks({ parents: ['eth1'] })).toEqual([
      'Only eth1 was looked at: no macvlan is there.',
    ]);
  });
});
