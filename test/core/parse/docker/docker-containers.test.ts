import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContainers } from '../../../../src/core/parse/docker/docker-containers.js';
import { parseNetworks } from '../../../../src/core/parse/docker/docker-networks.js';
import { engineFixture } from '../../../support/fake-host.js';

function containersOf(name: string) {
  const answers = engineFixture(name);
  return parseContainers(answers['/containers/json?all=1'], parseNetworks(answers['/networks']));
}

function lanId(): unknown {
  const networks = parseNetworks(engineFixture('docker-20.10')['/networks']);
  return networks.find(({ name }) => name === 'lan')?.id;
}

describe('parseContainers', () => {
  it('reads the recorded containers of Debian’s Docker, by name', () => {
    const containers = containersOf('docker-20.10');
    expect(containers.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'appsonly running',
      'db running',
      'gone exited',
      'hostnet running',
      'joined running',
      'later created',
      'six running',
      'two running',
      'web running',
    ]);
    const lan = containersOf('docker-20.10').find(({ name }) => name === 'web')?.endpoints[1];
    expect(lan).toEqual({
      networkId: lanId(),
      networkName: 'lan',
      mac: '02:42:c0:00:02:96',
      ipv4: '192.0.2.150',
      wantedIpv4: '192.0.2.150',
      gateway: '192.0.2.1',
    });
    expect(containers.find(({ name }) => name === 'hostnet')?.networkMode).toBe('host');
    expect(containers.find(({ name }) => name === 'six')?.endpoints).toMatchObject([
      { ipv4: '10.20.0.2', ipv6: '2001:db8:1::2' },
    ]);
  });

  it('knows the network and the wished address of a container that never ran', () => {
    const later = containersOf('docker-20.10').find(({ name }) => name === 'later');
    expect(later?.endpoints).toEqual([
      {
        networkId: lanId(),
        networkName: 'lan',
        ipv4: '192.0.2.160',
        wantedIpv4: '192.0.2.160',
      },
    ]);
  });

  it('tells an address that was asked for from one that the engine chose', () => {
    const [lan] = parseContainers(
      [
        {
          Id: 'a'.repeat(64),
          Names: ['/web'],
          State: 'running',
          NetworkSettings: {
            Networks: {
              lan: { NetworkID: 'n', IPAMConfig: null, IPAddress: '192.0.2.2' },
              other: { NetworkID: 'o', IPAMConfig: {}, IPAddress: '198.51.100.2' },
            },
          },
        },
      ],
      [],
    );
    expect(lan?.endpoints.map(({ wantedIpv4 }) => wantedIpv4)).toEqual([undefined, undefined]);
  });

  it.each(['docker-24', 'docker-27', 'docker-28', 'docker-29', 'podman'])('reads %s', (name) => {
    const web = containersOf(name).find((container) => container.name === 'web');
    expect(web).toMatchObject({ state: 'running' });
    expect(web?.endpoints[0]?.networkName).toBe('lan');
    expect(web?.endpoints[0]?.mac).toMatch(/^([\da-f]{2}:){5}[\da-f]{2}$/);
    expect(web?.endpoints[0]?.ipv4).toMatch(/^192\.168\.1\.19\d$/);
  });

  it('keeps no environment, label, command, image or mount', () => {
    for (const name of ['docker-20.10', 'docker-28', 'podman']) {
      const text = JSON.stringify(containersOf(name));
      expect(text).not.toMatch(/hunter2|private|sleep|example|srv/);
    }
  });

  it('prefers a container’s own name to the aliases of legacy links', () => {
    const [container] = parseContainers([{ Id: 'a', Names: ['/db/web', '/web'] }], []);
    expect(container).toEqual({ id: 'a', name: 'web', state: 'unknown', endpoints: [] });
  });

  it('never throws, whatever it is given', () => {
    const entry = fc.dictionary(
      fc.constantFrom('Id', 'Names', 'State', 'NetworkSettings', '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(entry)), (answer) => {
        for (const { name } of parseContainers(answer, [])) expect(typeof name).toBe('string');
      }),
    );
  });
});
