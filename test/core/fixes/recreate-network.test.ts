// A network made anew, with everybody who is on it: in which order, with which addresses, and when there is no such plan.
import { describe, expect, it } from 'vitest';
import recreateNetwork from '../../../src/core/fixes/recreate-network.js';
import type {
  RuntimeContainer,
  RuntimeEndpoint,
  RuntimeNetwork,
} from '../../../src/model/runtime-network.js';
import { known, valueOf } from '../../../src/model/fact.js';
import type { FixPlan } from '../../../src/model/fix.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { attempt, linesOf, planOf } from './plan.js';

const OLD = { serverVersion: '20.10.24', flavour: 'docker' as const };

function on(network: string, part: Partial<RuntimeEndpoint> = {}): Partial<RuntimeContainer> {
  return { endpoints: [{ networkId: `net-${network}`, networkName: network, ...part }] };
}

function lan(): SnapshotBuilder {
  return aSnapshot()
    .parent('eth0')
    .hostLink('br0', { kind: 'bridge' })
    .engine(OLD)
    .network({ name: 'lan', gateway: '192.0.2.1', mode: 'vepa' });
}

function request(
  given: SnapshotBuilder,
  change: Parameters<typeof recreateNetwork.request>[0]['change'],
  name = 'lan',
) {
  const network = valueOf(given.build().facts.runtime)?.networks.find((one) => one.name === name);
  if (network === undefined) throw new Error(`no network ${name}`);
  return recreateNetwork.request({ network, change });
}

describe('recreate-network', () => {
  it('lets go of who sleeps first, and takes back first who asked for an address', () => {
    const running = { state: 'running' };
    const given = lan()
      .container('b', { ...running, ...on('lan', { ipv4: '192.0.2.10' }) })
      .container('a', { ...running, ...on('lan', { ipv4: '192.0.2.9' }) })
      .container('wants', {
        ...running,
        ...on('lan', { wantedIpv4: '192.0.2.7', wantedIpv6: '2001:db8::7' }),
      })
      .container('idle', on('lan', { wantedIpv4: '192.0.2.8' }))
      .container('new', on('lan', { networkId: '' }))
      .container('other', on('elsewhere'));
    const plan = planOf(request(given, { mode: 'bridge' }), given);
    const create = (mode: string) =>
      `docker network create -d macvlan --subnet=192.0.2.0/24 --gateway=192.0.2.1 -o parent=eth0 -o macvlan_mode=${mode} lan`;
    const around = (mode: string) => [
      ...['idle', 'new', 'b', 'a', 'wants'].map((name) => `docker network disconnect lan ${name}`),
      'docker network rm lan',
      create(mode),
      'docker network connect --ip 192.0.2.7 lan wants',
      'docker network connect --ip 192.0.2.8 lan idle',
      ...['a', 'b', 'new'].map((name) => `docker network connect lan ${name}`),
    ];
    expect(linesOf(plan.steps)).toEqual(around('bridge'));
    expect(linesOf(plan.undo)).toEqual(around('vepa'));
    expect(plan.compose).toContain('macvlan_mode: bridge # was vepa');
    const notes = plan.notes.join('\n');
    expect(notes).toMatch(/wants asked for an address that is in no subnet of the new network/u);
    expect(notes).toMatch(/chooses the address of b, a and new anew/u);
    expect(notes).toMatch(/idle and new do not run/u);
    expect(notes).toMatch(/labels/u);
  });

  it('names the options whose values it does not know, and drops what nobody is behind any more', () => {
    const held = [
      { name: 'ghost', containerId: 'gone' },
      { name: 'web', containerId: 'id-web'.padEnd(64, '0') },
    ];
    const snapshot = lan().container('web', on('lan')).build();
    const runtime = valueOf(snapshot.facts.runtime);
    if (runtime === undefined) throw new Error('no runtime');
    const [network] = runtime.networks.map((one) => ({ ...one, held, otherOptions: ['com.x.y'] }));
    if (network === undefined) throw new Error('no network');
    const plan = planOf(recreateNetwork.request({ network, change: { parent: 'br0' } }), {
      ...snapshot,
      facts: {
        ...snapshot.facts,
        runtime: { state: 'known', value: { ...runtime, networks: [network] } },
      },
    });
    expect(linesOf(plan.steps).slice(0, 2)).toEqual([
      'docker network disconnect -f lan ghost',
      'docker network disconnect lan web',
    ]);
    expect(plan.notes[0]).toMatch(/values of its options com\.x\.y/u);
  });

  it('has no way back to what the engine refuses', () => {
    const given = lan().network({ name: 'lost', parent: 'eth9', subnet: '198.51.100.0/24' });
    const plan = planOf(request(given, { parent: 'br0' }, 'lost'), given);
    expect(plan.undo).toEqual([]);
    expect(plan.notes.join(' ')).toContain(
      'invalid subinterface vlan name eth9, example formatting is eth0.10',
    );
  });

  it.each([
    ['nothing would differ', lan(), { mode: 'vepa' }, 'lan', /says so already/u],
    [
      'an old Docker has a network on that parent',
      lan().network({ name: 'two', parent: 'br0', subnet: '198.51.100.0/24' }),
      { parent: 'eth0' },
      'two',
      /one macvlan network per parent, and eth0 has lan/u,
    ],
    [
      'the new parent is not there',
      lan(),
      { parent: 'eth7' },
      'lan',
      /needs the link eth7, which is not here/u,
    ],
    [
      'it is the swarm’s',
      lan().network({ name: 'far', scope: 'swarm' }),
      { mode: 'bridge' },
      'far',
      /on a manager/u,
    ],
  ] as const)('is none where %s', (...row) => {
    const [, given, change, name, sentence] = row;
    const plan = attempt(request(given, change, name), given);
    expect('impossible' in plan ? plan.impossible : '').toMatch(sentence);
  });

  it('takes a newer Docker at its word that parents can be shared', () => {
    const given = lan()
      .engine({ serverVersion: '27.0.1' })
      .network({ name: 'two', parent: 'br0', subnet: '198.51.100.0/24' });
    expect(planOf(request(given, { parent: 'eth0' }, 'two'), given).steps).toHaveLength(2);
  });

  it('makes a template anew with what is made from it, unless others are', () => {
    const form = { ...raw('form'), isConfigOnly: true };
    const made = { ...raw('made'), configFrom: 'form' };
    expect(linesOf(stepsOf(made, [form, made]))).toEqual([
      'docker network rm made',
      'docker network rm form',
      'docker network create --config-only --subnet=192.0.2.0/24 -o parent=br0 form',
      'docker network create -d macvlan --config-from=form made',
    ]);
    const twin = { ...raw('twin'), configFrom: 'form' };
    expect(() => stepsOf(made, [form, made, twin])).toThrow(/so is twin/u);
    expect(() => stepsOf(made, [made])).toThrow(/which the engine does not tell of/u);
  });

  it('is none where two networks have one name', () => {
    const [one, other] = [raw('lan'), { ...raw('lan'), id: 'another' }];
    expect(() => stepsOf(one, [one, other])).toThrow(/Two networks are called lan/u);
  });
});

function raw(name: string): RuntimeNetwork {
  return {
    id: `net-${name}`,
    name,
    driver: 'macvlan',
    scope: 'local',
    isInternal: false,
    isConfigOnly: false,
    parent: 'eth0',
    pools: [{ subnet: '192.0.2.0/24', auxAddresses: {} }],
  };
}

function stepsOf(network: RuntimeNetwork, networks: readonly RuntimeNetwork[]): FixPlan['steps'] {
  const snapshot = lan().build();
  const { engine } = valueOf(snapshot.facts.runtime) ?? {};
  if (engine === undefined) throw new Error('no engine');
  const facts = { ...snapshot.facts, runtime: known({ engine, networks, containers: [] }) };
  const remedy = recreateNetwork.request({ network, change: { parent: 'br0' } });
  return planOf(remedy, { ...snapshot, facts }).steps;
}
