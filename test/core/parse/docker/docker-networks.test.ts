import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetworks } from '../../../../src/core/parse/docker/docker-networks.js';
import { engineFixture } from '../../../support/fake-host.js';

function networksOf(name: string) {
  return parseNetworks(engineFixture(name)['/networks']);
}

describe('parseNetworks', () => {
  it('reads the recorded networks of Debian’s Docker, by name', () => {
    const networks = networksOf('docker-20.10');
    expect(networks.map(({ name, driver }) => `${driver} ${name}`)).toEqual([
      'bridge apps',
      'bridge bridge',
      'macvlan dual',
      'macvlan from-config',
      'host host',
      'ipvlan ipv',
      'macvlan lan',
      'null lan-config',
      'null none',
      'macvlan quiet',
    ]);
    expect(networks.find(({ name }) => name === 'lan')).toEqual({
      id: expect.stringMatching(/^[\da-f]{64}$/) as string,
      name: 'lan',
      driver: 'macvlan',
      scope: 'local',
      isInternal: false,
      isConfigOnly: false,
      hasIpv6: false,
      isAttachable: false,
      parent: 'eth0',
      pools: [
        {
          subnet: '192.0.2.0/24',
          gateway: '192.0.2.1',
          ipRange: '192.0.2.128/26',
          auxAddresses: { router2: '192.0.2.130' },
        },
      ],
    });
    expect(networks.find(({ name }) => name === 'quiet')).toMatchObject({
      parent: 'eth1',
      mode: 'private',
      isInternal: true,
    });
    expect(networks.find(({ name }) => name === 'lan-config')?.isConfigOnly).toBe(true);
    expect(networks.find(({ name }) => name === 'from-config')?.configFrom).toBe('lan-config');
    expect(networks.find(({ name }) => name === 'dual')?.pools.map(({ subnet }) => subnet)).toEqual(
      ['10.20.0.0/24', '2001:db8:1::/64'],
    );
  });

  it.each(['docker-24', 'docker-27', 'docker-28', 'docker-29'])('reads %s', (name) => {
    expect(networksOf(name)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'lan', driver: 'macvlan', parent: 'eth0' }),
        expect.objectContaining({ name: 'iot', parent: 'eth0.30', mode: 'bridge' }),
        expect.objectContaining({ name: 'bridge', bridgeName: 'docker0' }),
        expect.objectContaining({ name: 'none', pools: [] }),
      ]),
    );
  });

  it('names a bridge as Docker does when nobody named it', () => {
    const [network] = parseNetworks([{ Id: '0123456789abcdef', Name: 'apps', Driver: 'bridge' }]);
    expect(network?.bridgeName).toBe('br-0123456789ab');
  });

  it('takes the parent of a Podman network from Podman’s own list', () => {
    const answers = engineFixture('podman');
    const own = answers['/v5.4.0/libpod/networks/json'];
    const networks = parseNetworks(answers['/networks'], own);
    expect(networks.find(({ name }) => name === 'lan')).toMatchObject({
      driver: 'macvlan',
      parent: 'enp3s0',
      mode: 'bridge',
    });
    expect(networks.find(({ name }) => name === 'leased')).toMatchObject({
      parent: 'enp3s0',
      pools: [],
    });
    expect(networks.find(({ name }) => name === 'bridge')).toMatchObject({ bridgeName: 'podman0' });
  });

  it('tells the options that nothing here understands by name alone, and an ipvlan’s flag', () => {
    const Options = {
      parent: 'eth0',
      ipvlan_mode: 'l2',
      ipvlan_flag: 'vepa',
      vlan: '30',
      'a.b': 'c',
    };
    const [network] = parseNetworks([{ Id: 'a', Name: 'b', Driver: 'ipvlan', Options }]);
    expect(network).toMatchObject({
      ipvlanFlag: 'vepa',
      mode: 'l2',
      otherOptions: ['a.b', 'vlan'],
    });
  });

  it('keeps no labels', () => {
    expect(JSON.stringify(networksOf('docker-28'))).not.toContain('secret-label');
  });

  it('drops what cannot be a gateway', () => {
    const Config = [{ Subnet: '10.0.0.0/8', Gateway: '<nil>' }, { Gateway: '10.0.0.1' }];
    const [network] = parseNetworks([{ Id: 'a', Name: 'b', IPAM: { Config } }]);
    expect(network?.pools).toEqual([{ subnet: '10.0.0.0/8', auxAddresses: {} }]);
  });

  it('never throws, whatever it is given', () => {
    const entry = fc.dictionary(
      fc.constantFrom('Id', 'Name', 'Driver', 'Options', 'IPAM', 'Scope', 'id', '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(entry)), fc.jsonValue(), (answer, own) => {
        for (const { id, name } of parseNetworks(answer, own)) {
          expect(typeof id === 'string' && typeof name === 'string').toBe(true);
        }
      }),
    );
  });
});
