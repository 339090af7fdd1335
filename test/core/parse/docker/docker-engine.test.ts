import { describe, expect, it } from 'vitest';
import { parseEngine, podmanApiVersion } from '../../../../src/core/parse/docker/docker-engine.js';
import { engineFixture } from '../../../support/fake-host.js';

const place = { endpoint: 'unix:///var/run/docker.sock' };

function engineOf(name: string) {
  const answers = engineFixture(name);
  return parseEngine({ version: answers['/version'], info: answers['/info'] }, place);
}

describe('parseEngine', () => {
  it('reads the recorded answers of Debian’s Docker', () => {
    expect(engineOf('docker-20.10')).toEqual({
      endpoint: 'unix:///var/run/docker.sock',
      serverVersion: '20.10.24+dfsg1',
      operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
      kernelVersion: '6.1.0-37-amd64',
      osType: 'linux',
      name: 'nas',
      isRootless: false,
      apiVersion: '1.41',
      swarmState: 'inactive',
      flavour: 'docker',
    });
  });

  it.each(['docker-24', 'docker-27', 'docker-28', 'docker-29'])('reads %s', (name) => {
    expect(engineOf(name)).toMatchObject({
      serverVersion: expect.stringContaining(`${name.slice(7)}.`) as string,
      flavour: 'docker',
      isRootless: false,
      osType: 'linux',
    });
  });

  it.each([
    ['docker-rootless', 'docker', true],
    ['lima', 'docker', true],
    ['podman', 'podman', false],
    ['podman-rootless', 'podman', true],
    ['podman-machine', 'podman', true],
    ['orbstack', 'docker', false],
  ])('knows %s as %s, rootless: %s', (name, flavour, isRootless) => {
    expect(engineOf(name)).toMatchObject({ flavour, isRootless });
  });

  it('keeps the context, and does without /info', () => {
    const { '/version': version } = engineFixture('docker-desktop-mac');
    expect(parseEngine({ version }, { ...place, context: 'desktop-linux' })).toMatchObject({
      context: 'desktop-linux',
      operatingSystem: 'Docker Desktop 4.37.0 (178034)',
      kernelVersion: '6.10.14-linuxkit',
    });
  });

  it.each([null, 'garbage', [], {}, { Version: 7 }, { Version: '' }])(
    'takes %j for no engine',
    (version) => {
      expect(parseEngine({ version, info: version }, place)).toBeUndefined();
    },
  );

  it('degrades field by field', () => {
    const info = {
      OperatingSystem: 5,
      KernelVersion: null,
      SecurityOptions: 'name=rootless',
      Name: {},
    };
    expect(parseEngine({ version: { Version: '1', Components: 'x' }, info }, place)).toEqual({
      ...place,
      serverVersion: '1',
      operatingSystem: '',
      kernelVersion: '',
      osType: '',
      name: '',
      isRootless: false,
      flavour: 'docker',
    });
  });
});

describe('podmanApiVersion', () => {
  it('reads the version of the libpod API', () => {
    expect(podmanApiVersion(engineFixture('podman')['/version'])).toBe('5.4.0');
  });

  it('is undefined for Docker, and for what could break out of a path', () => {
    expect(podmanApiVersion(engineFixture('docker-28')['/version'])).toBeUndefined();
    const details = { APIVersion: '5/../../x' };
    const version = { Components: [{ Name: 'Podman Engine', Details: details }] };
    expect(podmanApiVersion(version)).toBeUndefined();
  });
});
