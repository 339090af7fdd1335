// What is allowed to be read of an engine's answers: all that the parsers need, and nothing that is nobody's business.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CONTAINER_FIELDS,
  parseContainerAnswer,
} from '../../../../src/core/parse/docker/container-answer.js';
import {
  CONTAINERS_FIELDS,
  parseContainers,
} from '../../../../src/core/parse/docker/docker-containers.js';
import {
  INFO_FIELDS,
  parseEngine,
  VERSION_FIELDS,
} from '../../../../src/core/parse/docker/docker-engine.js';
import {
  NETWORKS_FIELDS,
  parseNetworks,
} from '../../../../src/core/parse/docker/docker-networks.js';
import {
  NETWORK_FIELDS,
  parseNetworkAnswer,
} from '../../../../src/core/parse/docker/network-answer.js';
import { engineFixture, projected } from '../../../support/fake-host.js';

const FOLDER = new URL('../../../../fixtures/raw/docker/', import.meta.url);
const ENGINES = readdirSync(FOLDER);
const SECRETS = { Env: ['A=hunter2'], Labels: { hunter2: 'hunter2' }, Cmd: ['hunter2'] };

describe.each(ENGINES)('the answers of %s', (name) => {
  const answers = engineFixture(name);
  const networks = parseNetworks(answers['/networks']);
  const containers = parseContainers(answers['/containers/json?all=1'], networks);

  it('tell the parsers as much when they are cut down to what is allowed', () => {
    const place = { endpoint: 'unix:///x' };
    const version = projected(answers['/version'], VERSION_FIELDS);
    const info = projected(answers['/info'], INFO_FIELDS);
    expect(parseEngine({ version, info }, place)).toEqual(
      parseEngine({ version: answers['/version'], info: answers['/info'] }, place),
    );
    expect(parseNetworks(projected(answers['/networks'], NETWORKS_FIELDS))).toEqual(networks);
    const list = projected(answers['/containers/json?all=1'], CONTAINERS_FIELDS);
    expect(parseContainers(list, networks)).toEqual(containers);
    for (const network of networks) {
      const answer = answers[`/networks/${network.id}`] ?? {};
      expect(parseNetworkAnswer(network, projected(answer, NETWORK_FIELDS))).toEqual(
        parseNetworkAnswer(network, answer),
      );
    }
    for (const container of containers) {
      const answer = answers[`/containers/${container.id}/json`] ?? {};
      const cut = projected(answer, CONTAINER_FIELDS);
      expect(parseContainerAnswer(container, cut, networks)).toEqual(
        parseContainerAnswer(container, answer, networks),
      );
    }
  });
});

describe('what is allowed', () => {
  it.each([
    ['version', VERSION_FIELDS, { ...SECRETS, Version: '1' }],
    ['info', INFO_FIELDS, { ...SECRETS, Name: 'nas', HttpProxy: 'http://a:hunter2@b' }],
    [
      'networks',
      NETWORKS_FIELDS,
      [{ ...SECRETS, Id: 'n', Options: { parent: 'eth0', key: 'hunter2' } }],
    ],
    [
      'network',
      NETWORK_FIELDS,
      { ...SECRETS, Id: 'n', Containers: { c: { ...SECRETS, Name: 'web' } } },
    ],
    [
      'containers',
      CONTAINERS_FIELDS,
      [{ ...SECRETS, Id: 'c', Command: 'hunter2', Mounts: [SECRETS] }],
    ],
    [
      'container',
      CONTAINER_FIELDS,
      {
        Id: 'c',
        Args: ['hunter2'],
        Config: {
          ...SECRETS,
          ExposedPorts: { '80/tcp': SECRETS },
          Healthcheck: { Test: ['hunter2'] },
        },
        HostConfig: {
          Binds: ['hunter2:/a'],
          PortBindings: { '80/tcp': [{ HostPort: '1', ...SECRETS }] },
        },
        NetworkSettings: { Networks: { lan: { DriverOpts: SECRETS, Aliases: ['hunter2'] } } },
        State: { Status: 'running', Health: { Log: [{ Output: 'hunter2' }] } },
      },
    ],
  ] as const)(
    'of %s has no room for environment, labels, commands and mounts',
    (_name, fields, answer) => {
      const kept = JSON.stringify(projected(answer, fields));
      expect(kept).toMatch(/"(Id|Name|Version)":/);
      expect(kept).not.toContain('hunter2');
    },
  );
});
