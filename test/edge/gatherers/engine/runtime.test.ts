import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import runtime from '../../../../src/edge/gatherers/engine/runtime.js';
import { createEngineDoor } from '../../../../src/edge/host/engine/engine-http.js';
import { fileDoor } from '../../../../src/edge/host/files.js';
import { unknown, valueOf } from '../../../../src/model/fact.js';
import { answering, babbling, hanging, type StandIn } from '../../../support/engine-servers.js';
import { engineFixture, type FakeMachine, fakeHost } from '../../../support/fake-host.js';

const DOCKER = 'unix:///var/run/docker.sock';
const RUNNING = { '/var/run/docker.sock': 7, '/proc/self/ns/net': 1 };

async function look(machine: FakeMachine) {
  return (await runtime.gather(fakeHost(machine), {})).runtime;
}

function contextFiles(home: string, name: string, endpoint: string): Record<string, string> {
  const digest = createHash('sha256').update(name).digest('hex');
  return {
    [`${home}/.docker/config.json`]: JSON.stringify({ currentContext: name }),
    [`${home}/.docker/contexts/meta/${digest}/meta.json`]: JSON.stringify({
      Name: name,
      Endpoints: { docker: { Host: endpoint } },
    }),
  };
}

describe('runtime', () => {
  it('names engine, networks and containers', async () => {
    const fact = await look({
      inodes: RUNNING,
      engines: { [DOCKER]: engineFixture('docker-20.10') },
    });
    expect(fact).toMatchObject({
      state: 'known',
      value: { engine: { endpoint: DOCKER, serverVersion: '20.10.24+dfsg1' } },
    });
    expect(valueOf(fact)?.networks.length).toBe(10);
    expect(valueOf(fact)?.containers.length).toBe(9);
  });

  it('asks Podman for the parents too', async () => {
    const fact = await look({
      inodes: { '/run/podman/podman.sock': 8 },
      engines: { 'unix:///run/podman/podman.sock': engineFixture('podman') },
    });
    const networks = fact.state === 'known' ? fact.value.networks : [];
    expect(networks.find(({ name }) => name === 'lan')).toMatchObject({ parent: 'enp3s0' });
  });

  it('finds no engine', async () => {
    expect(await look({})).toEqual({
      state: 'absent',
      reason: 'no socket of Docker or Podman was found',
    });
    expect(await look({ host: { os: 'win32' } })).toMatchObject({ state: 'absent' });
  });

  it('leaves out what lies in a folder that may not be entered', async () => {
    const path = '/root/.docker/run/docker.sock';
    const files = { [path]: unknown('denied', `${path} may not be read by this user`) };
    expect(await look({ files, host: { uid: 1000 } })).toMatchObject({ state: 'absent' });
  });

  it('takes the first that answers, in order of precedence', async () => {
    const engines = {
      [DOCKER]: { '/version': unknown('failed', 'refused') },
      'unix:///root/.orbstack/run/docker.sock': engineFixture('orbstack'),
      'unix:///run/podman/podman.sock': engineFixture('podman'),
    };
    const inodes = {
      ...RUNNING,
      '/root/.orbstack/run/docker.sock': 8,
      '/run/podman/podman.sock': 9,
    };
    expect(await look({ inodes, engines })).toMatchObject({
      value: { engine: { operatingSystem: 'OrbStack' } },
    });
  });

  it('says why the first that there is did not answer', async () => {
    const engines = { [DOCKER]: { '/version': unknown('denied', 'not for you') } };
    expect(await look({ inodes: RUNNING, engines })).toEqual({
      state: 'denied',
      reason: 'not for you',
    });
  });

  it('does not start a Docker that sleeps behind systemd', async () => {
    const machine = {
      inodes: RUNNING,
      links: { '/run/systemd/units/invocation:docker.socket': 'abc' },
      engines: { [DOCKER]: engineFixture('docker-28') },
    };
    expect(await look(machine)).toMatchObject({
      state: 'absent',
      reason: expect.stringContaining('not running') as string,
    });
    const awake = { ...machine.links, '/run/systemd/units/invocation:docker.service': 'def' };
    expect(await look({ ...machine, links: awake })).toMatchObject({ state: 'known' });
  });

  it.each([
    ['DOCKER_HOST', { DOCKER_HOST: 'unix:///elsewhere.sock' }, {}],
    [
      'DOCKER_CONTEXT',
      { DOCKER_CONTEXT: 'mine' },
      contextFiles('/root', 'mine', 'unix:///elsewhere.sock'),
    ],
    ['the current context', {}, contextFiles('/root', 'mine', 'unix:///elsewhere.sock')],
    [
      'the current context of the user behind sudo',
      {},
      contextFiles('/home/ann', 'mine', 'unix:///elsewhere.sock'),
    ],
    [
      'DOCKER_CONFIG',
      { DOCKER_CONFIG: '/etc/mine/.docker' },
      contextFiles('/etc/mine', 'mine', 'unix:///elsewhere.sock'),
    ],
  ])('follows %s', async (_name, env, files) => {
    const engines = {
      [DOCKER]: engineFixture('docker-28'),
      'unix:///elsewhere.sock': engineFixture('docker-27'),
    };
    const host = { env, homes: ['/root', '/home/ann'] };
    expect(await look({ files, inodes: RUNNING, engines, host })).toMatchObject({
      value: { engine: { endpoint: 'unix:///elsewhere.sock', serverVersion: '27.5.1' } },
    });
  });

  it('goes by DOCKER_HOST alone when it is set, and by a context when it is named', async () => {
    const engines = { [DOCKER]: engineFixture('docker-28') };
    const gone = { DOCKER_HOST: 'unix:///gone.sock' };
    expect(await look({ inodes: RUNNING, engines, host: { env: gone } })).toMatchObject({
      state: 'absent',
    });
    const misspelt = { DOCKER_CONTEXT: 'mien' };
    expect(await look({ inodes: RUNNING, engines, host: { env: misspelt } })).toEqual({
      state: 'failed',
      reason: 'the docker context mien is not known here',
    });
    const back = { DOCKER_CONTEXT: 'default' };
    const files = contextFiles('/root', 'mine', 'unix:///elsewhere.sock');
    expect(await look({ files, inodes: RUNNING, engines, host: { env: back } })).toMatchObject({
      state: 'known',
    });
  });

  it('falls back to the usual sockets when the current context does not answer', async () => {
    const files = contextFiles(
      '/root',
      'desktop-linux',
      'unix:///root/.docker/desktop/docker.sock',
    );
    const engines = { [DOCKER]: engineFixture('docker-28') };
    expect(await look({ files, inodes: RUNNING, engines })).toMatchObject({
      value: { engine: { endpoint: DOCKER } },
    });
  });

  it('finds the sockets of the desktop products', async () => {
    for (const path of [
      '/Users/ann/.docker/run/docker.sock',
      '/Users/ann/.colima/default/docker.sock',
      '/Users/ann/.rd/docker.sock',
      '/Users/ann/.lima/docker/sock/docker.sock',
      '/Users/ann/.local/share/containers/podman/machine/podman.sock',
    ]) {
      const engines = { [`unix://${path}`]: engineFixture('colima') };
      const host = { os: 'darwin', homes: ['/Users/ann'] };
      expect(await look({ inodes: { [path]: 1 }, engines, host })).toMatchObject({
        state: 'known',
      });
    }
  });

  it('finds the sockets below the runtime folder, also under sudo', async () => {
    const path = '/run/user/1000/docker.sock';
    const engines = { [`unix://${path}`]: engineFixture('docker-rootless') };
    for (const env of [{ XDG_RUNTIME_DIR: '/run/user/1000' }, { SUDO_UID: '1000' }]) {
      expect(await look({ inodes: { [path]: 1 }, engines, host: { env } })).toMatchObject({
        value: { engine: { isRootless: true } },
      });
    }
  });
});

describe('runtime, where the engine is', () => {
  const engines = { [DOCKER]: engineFixture('docker-28') };

  it('leaves out an engine of another network namespace', async () => {
    expect(await look({ inodes: RUNNING, engines, peers: { [DOCKER]: 2 } })).toEqual({
      state: 'absent',
      reason: `the engine at ${DOCKER} runs in another network namespace`,
    });
  });

  it('keeps one of this namespace, and one whose namespace cannot be told', async () => {
    expect(await look({ inodes: RUNNING, engines, peers: { [DOCKER]: 1 } })).toMatchObject({
      state: 'known',
    });
    expect(await look({ inodes: RUNNING, engines })).toMatchObject({ state: 'known' });
  });

  it('keeps a rootless engine, which is always in a namespace of its own', async () => {
    const rootless = { [DOCKER]: engineFixture('docker-rootless') };
    const fact = await look({ inodes: RUNNING, engines: rootless, peers: { [DOCKER]: 2 } });
    expect(fact).toMatchObject({ value: { engine: { isRootless: true } } });
  });

  it('leaves out an engine of another machine, and keeps it for a Mac', async () => {
    const endpoint = 'tcp://192.0.2.9:2375';
    const remote = { [endpoint]: engineFixture('docker-28') };
    const env = { DOCKER_HOST: endpoint };
    expect(await look({ engines: remote, host: { env, hostname: 'laptop' } })).toEqual({
      state: 'absent',
      reason: `the engine at ${endpoint} runs on another machine`,
    });
    expect(await look({ engines: remote, host: { env } })).toMatchObject({ state: 'known' });
    expect(
      await look({ engines: remote, host: { env, os: 'darwin', hostname: 'mac' } }),
    ).toMatchObject({ state: 'known' });
  });
});

describe('runtime, with engines that behave badly', () => {
  const opened: StandIn[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(async ({ close }) => close()));
  });

  async function lookAt(standIn: StandIn) {
    opened.push(standIn);
    const host = fakeHost({
      host: {
        env: { DOCKER_HOST: standIn.endpoint },
        files: fileDoor,
        engine: createEngineDoor({ env: {} }),
        monotonicMs: () => performance.now(),
      },
    });
    return (await runtime.gather(host, {})).runtime;
  }

  it('does not wait for a socket that hangs', async () => {
    expect(await lookAt(await hanging())).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('did not answer within 1500 ms') as string,
    });
  });

  it('takes garbage for what it is', async () => {
    const fact = await lookAt(await babbling('220 smtp ready\r\n'));
    expect(fact).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('not HTTP') as string,
    });
  });

  it('takes JSON of somebody else for what it is', async () => {
    const bodies = { '/version': [], '/info': [], '/networks': [], '/containers/json?all=1': [] };
    const fact = await lookAt(await answering(bodies));
    expect(fact).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('not as a container engine does') as string,
    });
  });

  it('lists ten thousand endpoints, asks some of them, and says how many it did not ask', async () => {
    const template = engineFixture('docker-28');
    const containers = Array.from({ length: 10_000 }, (_, index) => ({
      Id: index.toString(16).padStart(64, '0'),
      Names: [`/c${String(index)}`],
      State: 'running',
      NetworkSettings: {
        Networks: { lan: { IPAddress: `10.0.${String(index >> 8)}.${String(index & 255)}` } },
      },
    }));
    const inspected = containers.map((one) => [`/containers/${one.Id}/json`, one] as const);
    const standIn = await answering({
      ...template,
      ...Object.fromEntries(inspected),
      '/containers/json?all=1': containers,
    });
    const runtime = valueOf(await lookAt(standIn));
    expect(runtime?.containers.length).toBe(10_000);
    const told = runtime?.containers.filter(({ published }) => published !== undefined) ?? [];
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(1000);
    expect(runtime?.gaps).toContain(
      'the engine did not tell what 9000 containers publish and ask for names: only 1000 are asked',
    );
    expect(standIn.asked.length).toBeLessThan(1100);
  });
});
