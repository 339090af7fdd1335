import desktopVm from '../../../src/core/checks/desktop-vm.js';
import mix from '../../../src/core/checks/ipvlan-macvlan-mix.js';
import { describe, expect, it } from 'vitest';
import { known, unknown, valueOf } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const both = () =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'lan' })
    .network({ name: 'cams', driver: 'ipvlan', subnet: '192.0.2.128/25' });
const cam = { kind: 'ipvlan', network: 'cams', address: '192.0.2.130/24' } as const;

/** A container of a network that does not run. */
function stopped(builder: SnapshotBuilder, name: string, network: string): SnapshotBuilder {
  const endpoint = { networkId: `net-${network}`, networkName: network };
  return builder.container(name, { state: 'exited', endpoints: [endpoint] });
}

function running(builder: SnapshotBuilder, name: string, network: string): SnapshotBuilder {
  const endpoint = { networkId: `net-${network}`, networkName: network, ipv4: '192.0.2.77' };
  return builder.container(name, { state: 'running', endpoints: [endpoint] });
}

/** As without root: no namespace but the host's could be entered. */
function inTheDark(builder: SnapshotBuilder): Snapshot {
  const snapshot = builder.child('any', { parent: 'eth9' }).build();
  const namespaces = (valueOf(snapshot.facts.namespaces) ?? []).map((netns) =>
    netns.isHost ? netns : { ...netns, content: unknown('denied', 'may not be entered') },
  );
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(namespaces) } };
}
const dark = (builder: SnapshotBuilder): Snapshot =>
  inTheDark(builder.hostLink('eth9', { filter: [] }));

testCheck(mix, {
  pass: [
    { name: 'two networks on paper', given: stopped(both(), 'web', 'lan') },
    {
      name: 'only the network that runs was asked for',
      given: both()
        .child('web', { network: 'lan' })
        .scope({ networks: ['lan'] }),
    },
    {
      name: 'a template for others is no network that starts',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan' })
        .network({ name: 'form', driver: 'ipvlan', isConfigOnly: true })
        .child('web', { network: 'lan' }),
    },
    {
      name: 'what was seen does not fit together: both run',
      given: running(both().child('web', { network: 'lan' }), 'cam', 'cams'),
    },
  ],
  found: [
    {
      name: 'an ipvlan container has the parent, and a macvlan one waits',
      given: stopped(both().child('cam', cam), 'web', 'lan'),
      codes: ['blocked'],
      subjects: ['parent eth0'],
      says: [
        /eth0 carries ipvlan links \(cam\), and lan on it is a network of macvlan/u,
        /web cannot start \("device or resource busy"\)/u,
        /links: cam is there on eth0/u,
        /docker: container web is on one of these and does not run \(exited\)/u,
        /Make lan anew with -d ipvlan/u,
        /Restarting the engine does not settle it/u,
      ],
    },
    {
      name: 'a macvlan container has it, and nobody waits on the ipvlan network',
      given: both().child('web', { network: 'lan' }),
      codes: ['blocked'],
      severity: 'warn',
      says: [/eth0 carries macvlan links \(web\), and cams/u, /no container of it can start/u],
    },
    {
      name: "the host's own shim is a macvlan link too, even when it is down",
      given: stopped(both().shim('mvd-shim', { up: false }), 'cam', 'cams'),
      codes: ['blocked'],
      says: [/\(the shim mvd-shim\)/u, /cam cannot start/u],
    },
    {
      name: 'an ipvlan link of the host, made by hand',
      given: stopped(
        aSnapshot().parent('eth0').network({ name: 'lan' }).child('lab', { kind: 'ipvlan' }),
        'web',
        'lan',
      ),
      codes: ['blocked'],
      says: [/ipvlan links \(lab\)/u],
    },
    {
      name: 'who holds it was not asked for, and holds it all the same',
      given: stopped(both().child('cam', cam), 'web', 'lan').scope({ networks: ['lan'] }),
      codes: ['blocked'],
      says: [/\(cam\)/u],
    },
    {
      name: 'a planned network, whose containers run in imagination only',
      given: (() => {
        const builder = aSnapshot()
          .parent('eth0')
          .network({ name: 'lan' })
          .child('web', { network: 'lan' });
        const snapshot = builder.build();
        const runtime = valueOf(snapshot.facts.runtime);
        if (runtime === undefined) throw new Error('no engine');
        const [lan] = runtime.networks;
        if (lan === undefined) throw new Error('no network');
        const planned = { ...lan, id: 'planned:cams', name: 'cams', driver: 'ipvlan' };
        const networks = [...runtime.networks, planned];
        return {
          ...snapshot,
          facts: { ...snapshot.facts, runtime: known({ ...runtime, networks }) },
        };
      })(),
      codes: ['blocked'],
      says: [/cams on it is a network of ipvlan/u],
    },
    {
      name: 'no link in sight, but the engine says who runs',
      given: dark(stopped(running(both(), 'cam', 'cams'), 'web', 'lan')),
      codes: ['blocked'],
      says: [/docker: container cam runs on eth0/u, /web cannot start/u],
    },
    {
      name: 'a MAC in the receive filter is a macvlan link that nobody could look at',
      given: dark(
        stopped(
          aSnapshot()
            .parent('eth0', { filter: ['02:42:00:00:00:99'] })
            .network({ name: 'cams', driver: 'ipvlan' }),
          'cam',
          'cams',
        ),
      ),
      codes: ['blocked'],
      says: [/a link with the MAC 02:42:00:00:00:99/u],
    },
  ],
  notApplicable: [
    {
      name: 'macvlan alone',
      given: aSnapshot().parent('eth0').child('web', { network: 'lan' }).network({ name: 'lan' }),
    },
    {
      name: 'ipvlan alone',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'cams', driver: 'ipvlan' })
        .child('cam', cam),
      reason: /both macvlan and ipvlan/u,
    },
    {
      name: 'ipvlan on a VLAN link of the card that carries macvlan',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan' })
        .child('web', { network: 'lan' })
        .parent('eth0.20', { kind: 'vlan', lower: 'eth0', address: '198.51.100.2/24' })
        .network({ name: 'cams', driver: 'ipvlan', subnet: '198.51.100.0/24' })
        .child('cam', { ...cam, address: '198.51.100.7/24' }),
    },
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
  ],
  undetermined: [
    {
      name: 'two networks on paper, and namespaces that nobody could look into',
      given: dark(stopped(both(), 'web', 'lan')),
      reason: /share eth0, and which of the two it carries now could not be seen; run as root/u,
    },
  ],
});

describe('ipvlan-macvlan-mix', () => {
  it('says nothing of networks that live in a virtual machine', () => {
    const given = stopped(both().child('cam', cam), 'web', 'lan').engine({
      operatingSystem: 'Docker Desktop',
    });
    expect(headlinesOf(resultsOf([desktopVm, mix], given))).toEqual([
      'fail desktop-vm host host',
      'suppressed ipvlan-macvlan-mix parent eth0 < desktop-vm',
    ]);
  });
});
