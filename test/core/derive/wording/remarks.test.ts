import { describe, expect, it } from 'vitest';
import { remarksOn } from '../../../../src/core/derive/wording/remarks.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { unknown } from '../../../../src/model/fact.js';
import type { Scope } from '../../../../src/model/snapshot.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

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

describe('remarks on the engine', () => {
  it.each([
    ['no socket of Docker or Podman was found', 0],
    ['the engine at unix:///run/docker.sock runs in another network namespace', 1],
    ['the engine at tcp://192.0.2.9:2375 runs on another machine', 1],
  ])('%s', (reason, count) => {
    const snapshot = aSnapshot().parent('eth0').fact('runtime', unknown('absent', reason)).build();
    const said = remarksOn(snapshot.facts, buildTopology(snapshot), snapshot.scope);
    expect(said).toHaveLength(count);
    for (const remark of said) expect(remark).toContain(reason);
  });
});

describe('remarks on ipvlan', () => {
  const cousins = (...modes: readonly string[]) => {
    const builder = aSnapshot().parent('eth0');
    for (const mode of modes) builder.child(`cam-${mode}`, { kind: 'ipvlan', mode });
    const snapshot = builder.build();
    return remarksOn(snapshot.facts, buildTopology(snapshot), snapshot.scope);
  };

  it('say what is not judged, and what it keeps out', () => {
    expect(cousins('l3', 'l3s')).toEqual([
      "eth0 carries 2 ipvlan links (cam-l3 and cam-l3s), which macvlan's checks do not judge: they have the MAC of eth0, and as long as they exist no macvlan link can be made on eth0.",
    ]);
    expect(cousins()).toEqual([]);
  });

  it('speak of host isolation in mode l2', () => {
    expect(cousins('l2')).toEqual([
      "eth0 carries 1 ipvlan link (cam-l2), which macvlan's checks do not judge: it has the MAC of eth0, and as long as it exists no macvlan link can be made on eth0. In mode l2 this host does not reach it by eth0 either, as with macvlan.",
    ]);
  });
});

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

describe('remarks on rights', () => {
  const rights = { canEnterNamespaces: true, canOpenRawSockets: true, isRoot: true };
  const said = (lack: Partial<typeof rights>) => {
    const snapshot = aSnapshot()
      .parent('eth0')
      .child('web')
      .platform({ privileges: { ...rights, ...lack } })
      .build();
    return remarksOn(snapshot.facts, buildTopology(snapshot), snapshot.scope).join(' ');
  };

  it('send to root only who is not root', () => {
    expect(said({})).toBe('');
    expect(said({ isRoot: false, canOpenRawSockets: false })).toMatch(/^Not run as root\. As root/);
    expect(said({ canOpenRawSockets: false })).toMatch(/^Root has no CAP_NET_RAW here .* With it /);
    expect(said({ canOpenRawSockets: false, canEnterNamespaces: false })).toMatch(
      /^Root has no CAP_SYS_ADMIN and CAP_NET_RAW here .* With them /,
    );
  });
});
