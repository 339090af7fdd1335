// What networks and containers tell of themselves, by recorded engines and by ones that are in the way.
import { describe, expect, it } from 'vitest';
import runtime from '../../../../src/edge/gatherers/engine/runtime.js';
import { unknown, valueOf } from '../../../../src/model/fact.js';
import { engineFixture, type FakeMachine, fakeHost } from '../../../support/fake-host.js';

const DOCKER = 'unix:///var/run/docker.sock';
const RUNNING = { '/var/run/docker.sock': 7, '/proc/self/ns/net': 1 };

async function look(machine: FakeMachine) {
  return valueOf((await runtime.gather(fakeHost(machine), {})).runtime);
}

const PODMAN = 'unix:///run/podman/podman.sock';

describe('runtime, as real engines tell it', () => {
  const told = async (name: string) => {
    const isPodman = name.startsWith('podman');
    const endpoint = isPodman ? PODMAN : DOCKER;
    const inodes = { [endpoint.slice('unix://'.length)]: 7, '/proc/self/ns/net': 1 };
    const whole = await look({ inodes, engines: { [endpoint]: engineFixture(name) } });
    const container = (wanted: string) => whole?.containers.find((one) => one.name === wanted);
    const network = (wanted: string) => whole?.networks.find((one) => one.name === wanted);
    return { whole, container, network };
  };

  it.each([
    ['docker-20.10', undefined],
    ['docker-26.1', undefined],
    ['docker-28.5', 5],
  ])('%s', async (name, priority) => {
    const { whole, container, network } = await told(name);
    expect(whole).not.toHaveProperty('gaps');
    expect(container('web')).toMatchObject({
      published: [
        { port: 53, protocol: 'udp', hostIp: '127.0.0.1', hostPort: 5353 },
        { port: 80, protocol: 'tcp', hostPort: 8080 },
      ],
      networkMode: 'lan',
      dns: [],
      pid: expect.any(Number) as number,
    });
    expect(container('six')).toMatchObject({
      published: [{ port: 9000, protocol: 'tcp' }],
      dns: ['192.0.2.53'],
    });
    expect(container('gone')).toMatchObject({ published: [{ port: 90, hostPort: 9090 }] });
    expect(container('gone')).not.toHaveProperty('pid');
    expect(container('later')).toMatchObject({ published: [{ port: 70, protocol: 'tcp' }] });
    expect(container('appsonly')).not.toHaveProperty('published');
    const lan = container('two')?.endpoints.find(({ networkName }) => networkName === 'lan');
    expect(lan?.gateway).toBe('192.0.2.1');
    expect(lan?.gwPriority).toBe(priority);
    expect(network('lan')?.held?.map((one) => [one.name, one.ipv4])).toEqual([
      ['db', '192.0.2.128'],
      ['two', '192.0.2.129'],
      ['web', '192.0.2.150'],
    ]);
    expect(network('from-config')).toMatchObject({ configFrom: 'lan-config', parent: 'eth3' });
    expect(network('quiet')).toMatchObject({ isInternal: true, held: [] });
    expect(network('dual')).toMatchObject({ hasIpv6: true, otherOptions: ['com.example.note'] });
    expect(network('apps')).not.toHaveProperty('held');
  });

  it('podman-5.4, which calls every network of a container bridge', async () => {
    const { whole, container, network } = await told('podman-5.4');
    expect(whole).not.toHaveProperty('gaps');
    expect(container('web')).toMatchObject({
      published: [{ port: 80, protocol: 'tcp', hostPort: 8080 }],
      endpoints: [{ networkName: 'lan', ipv4: '192.0.2.150', gateway: '192.0.2.1' }],
      pid: expect.any(Number) as number,
    });
    expect(container('web')).not.toHaveProperty('networkMode');
    expect(container('db')?.dns).toEqual(['192.0.2.53']);
    expect(network('lan')).toMatchObject({
      parent: 'eth0',
      held: [
        { name: 'db', ipv4: '192.0.2.2' },
        { name: 'web', ipv4: '192.0.2.150' },
      ],
    });
    expect(network('quiet')).toMatchObject({ isInternal: true, mode: 'bridge', held: [] });
  });

  it('docker-29 counts what is left', async () => {
    const { network } = await told('docker-29');
    expect(network('lan')?.pools).toMatchObject([{ addressesLeft: 30 }]);
  });
});

const WEB = 'c1'.padEnd(64, '0');
const LAN = 'n1'.padEnd(64, '0');
const SMALL = {
  '/version': { Version: '28.5.2', ApiVersion: '1.51' },
  '/info': {},
  '/networks': [
    { Id: LAN, Name: 'lan', Driver: 'macvlan' },
    { Id: 'b1', Name: 'apps', Driver: 'bridge' },
    { Id: 'x1', Name: 'template', Driver: 'macvlan', ConfigOnly: true },
  ],
  '/containers/json?all=1': [
    { Id: WEB, Names: ['/web'], State: 'running', NetworkSettings: { Networks: { lan: {} } } },
    { Id: 'c2', Names: ['/db'], State: 'exited', NetworkSettings: { Networks: { lan: {} } } },
    { Id: 'c3', Names: ['/app'], State: 'running', NetworkSettings: { Networks: { apps: {} } } },
  ],
  [`/networks/${LAN}`]: {
    Id: LAN,
    Containers: { [WEB]: { Name: 'web', IPv4Address: '192.0.2.5/24' } },
  },
  [`/containers/${WEB}/json`]: {
    Id: WEB,
    HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
  },
  '/containers/c2/json': { Id: 'c2', HostConfig: { Dns: ['192.0.2.53'] } },
};

describe('runtime, of each network and container', () => {
  const asked = (answers: Record<string, unknown>) =>
    look({ inodes: RUNNING, engines: { [DOCKER]: { ...SMALL, ...answers } } });

  it('asks macvlan networks and those on them, running or not, and nobody else', async () => {
    const told = await asked({});
    expect(told?.networks).toMatchObject([{ name: 'apps' }, { name: 'lan' }, { name: 'template' }]);
    expect(told?.networks.map(({ held }) => held?.length)).toEqual([undefined, 1, undefined]);
    expect(told?.containers).toMatchObject([
      { name: 'app' },
      { name: 'db', published: [], dns: ['192.0.2.53'] },
      { name: 'web', published: [{ port: 80, hostPort: 8080 }], dns: [] },
    ]);
    expect(told?.containers[0]).not.toHaveProperty('published');
    expect(told).not.toHaveProperty('gaps');
  });

  it('leaves out a container that vanished meanwhile', async () => {
    const gone = { '/containers/c2/json': unknown('absent', 'gone') };
    const told = await asked(gone);
    expect(told?.containers.map(({ name }) => name)).toEqual(['app', 'web']);
    expect(told).not.toHaveProperty('gaps');
  });

  it('keeps them where nobody answers such a question', async () => {
    const gone = unknown('absent', 'gone');
    const told = await asked({ '/containers/c2/json': gone, [`/containers/${WEB}/json`]: gone });
    expect(told?.containers.map(({ name }) => name)).toEqual(['app', 'db', 'web']);
    expect(told?.gaps).toEqual([
      'the engine did not tell what 2 containers publish and ask for names: it has no answer to that',
    ]);
  });

  it.each([
    ['a refusal', unknown('denied', 'refused (HTTP 403)'), 'refused (HTTP 403)'],
    ['another’s answer', { Id: 'c2' }, `${DOCKER} answered /networks/${LAN} with something else`],
    ['no object', [], `${DOCKER} answered /networks/${LAN} with something else`],
  ])('says what it was not told: %s', async (_name, answer, why) => {
    const told = await asked({ [`/networks/${LAN}`]: answer });
    expect(told?.networks[1]).not.toHaveProperty('held');
    expect(told?.gaps).toEqual([`the engine did not tell which addresses 1 network holds: ${why}`]);
  });

  it('asks for nothing that could leave its place in the path', async () => {
    const networks = [{ Id: '../containers', Name: 'lan', Driver: 'macvlan' }];
    const told = await asked({ '/networks': networks });
    expect(told?.gaps).toContain(
      'the engine did not tell which addresses 1 network holds: the id is none',
    );
  });

  it('stops when the time for all of them is over', async () => {
    let now = 0;
    const host = { monotonicMs: () => (now += 1000) };
    const machine = { inodes: RUNNING, engines: { [DOCKER]: SMALL }, host };
    expect((await look(machine))?.gaps).toEqual([
      'the engine did not tell what 2 containers publish and ask for names: there was no time left (1500 ms for all)',
    ]);
  });
});
