import { describe, expect, it } from 'vitest';
import { composed, fixture, mistakeIn } from '../../../support/compose-plan.js';

describe('Compose files as people write them', () => {
  it('Pi-hole: defaults of variables, a fixed address, ports, and where each part stands', () => {
    const plan = composed([fixture('pihole.yaml')]);
    expect(plan.networks).toMatchObject([
      {
        name: 'lan',
        driver: 'macvlan',
        options: { parent: 'eth0' },
        pools: [{ subnet: '192.0.2.0/24', gateway: '192.0.2.1', ipRange: '192.0.2.48/28' }],
      },
    ]);
    expect(plan.networks[0]?.parts['ipam.config[0].gateway']).toEqual({
      path: 'networks.lan.ipam.config[0].gateway',
      place: { file: 'pihole.yaml', line: 31, column: 20 },
    });
    const [pihole] = plan.containers;
    expect(pihole).toMatchObject({
      name: 'pihole',
      endpoints: [{ network: 'lan', ipv4: '192.0.2.53' }],
    });
    expect(pihole?.published).toEqual([
      { port: 53, protocol: 'tcp', hostPort: 53 },
      { port: 53, protocol: 'udp', hostPort: 53 },
      { port: 80, protocol: 'tcp', hostPort: 80 },
    ]);
    expect(
      composed([fixture('pihole.yaml')], { variables: { PARENT: 'eno1' } }).networks[0]?.options,
    ).toEqual({ parent: 'eno1' });
  });

  it('Home Assistant: merge keys, a project’s name, a bridge beside, a MAC of its own', () => {
    const plan = composed([fixture('home-assistant.yaml')]);
    expect(plan.networks.map(({ name, driver }) => [name, driver])).toEqual([
      ['home_iot', 'macvlan'],
      ['home_backend', 'bridge'],
    ]);
    expect(plan.containers).toMatchObject([
      {
        name: 'home-homeassistant-1',
        endpoints: [
          { network: 'home_iot', ipv4: '192.0.2.66', mac: '02:42:c0:00:02:42' },
          { network: 'home_backend' },
        ],
      },
      { name: 'home-db-1', endpoints: [{ network: 'home_backend' }] },
    ]);
  });

  it('UniFi: a network that others made', () => {
    expect(composed([fixture('unifi.yaml')]).networks).toMatchObject([
      { name: 'macvlan_lan', isExternal: true, pools: [] },
    ]);
  });

  it('AdGuard: options as a list, a variable that must be set, and a profile', () => {
    const variables = { ADGUARD_HOST: '54' };
    const plan = composed([fixture('adguard.yaml')], { variables });
    expect(plan.networks[0]?.options).toEqual({ parent: 'eth0', macvlan_mode: 'bridge' });
    expect(plan.networks[0]?.pools[0]?.auxAddresses).toEqual({ host: '192.0.2.254' });
    expect(plan.containers.map(({ endpoints }) => endpoints[0]?.ipv4)).toEqual(['192.0.2.54']);
    const both = composed([fixture('adguard.yaml')], { variables, profiles: ['spare'] });
    expect(both.containers.map(({ name }) => name)).toEqual(['test-adguard-1', 'test-adguard2-1']);
    expect(mistakeIn(fixture('adguard.yaml').text)).toBe(
      'compose.yaml:8:23: required variable ADGUARD_HOST is missing a value: which address?',
    );
  });

  it('Plex: a service that extends another one, and an override', () => {
    const plan = composed([fixture('plex.yaml')]);
    expect(plan.containers.map(({ name }) => name)).toEqual(['test-plex-1']);
    const over = composed([fixture('plex.yaml'), fixture('plex.override.yaml')]);
    expect(over.containers[0]?.endpoints[0]?.ipv4).toBe('192.0.2.81');
    expect(over.networks[0]).toMatchObject({
      options: { parent: 'eth0', macvlan_mode: 'private' },
      pools: [{ subnet: '192.0.2.0/24', gateway: '192.0.2.2', ipRange: '192.0.2.64/26' }],
    });
    expect(over.networks[0]?.parts['ipam.config[0].gateway']?.place?.file).toBe(
      'plex.override.yaml',
    );
  });

  it('Frigate: the long form of ports, the default network, and one without a way out', () => {
    const plan = composed([fixture('frigate.yaml')]);
    expect(plan.networks.map(({ name, driver, isInternal }) => [name, driver, isInternal])).toEqual(
      [
        ['test_cameras', 'macvlan', true],
        ['test_default', 'bridge', false],
      ],
    );
    expect(plan.containers[0]?.published[1]).toEqual({
      port: 8554,
      protocol: 'tcp',
      hostIp: '127.0.0.1',
      hostPort: 8554,
    });
  });

  it('with Windows line ends and a byte order mark', () => {
    const text = `\uFEFF${fixture('pihole.yaml').text.replaceAll('\n', '\r\n')}`;
    expect(composed([text]).networks[0]?.pools[0]?.gateway).toBe('192.0.2.1');
  });

  it('and what they leave open is said', () => {
    const plan = composed(['include: [other.yaml]\nservices: { a: { image: "${WHAT}" } }\n']);
    expect(plan.notes).toEqual([
      'The variable WHAT is not set; it counts as empty.',
      expect.stringContaining('include'),
    ]);
  });

  it('a service of another file', () => {
    const text =
      'services: { web: { extends: { file: base.yaml, service: b }, networks: [lan] } }\nnetworks: { lan: }\n';
    const open = () => ({ text: 'services: { b: { dns: 192.0.2.53, depends_on: [x] } }\n' });
    expect(composed([text], { open }).containers).toMatchObject([
      { name: 'test-web-1', dns: ['192.0.2.53'] },
    ]);
    expect(mistakeIn(text)).toBe('compose.yaml:1:29: base.yaml: does not exist');
  });
});

describe('a file that Compose would not take ends in one sentence with its place', () => {
  it.each([
    ['no YAML', 'services: [1\nb: 2', /^compose\.yaml:2:1: \S/u],
    ['a key twice', 'services: {}\nservices: {}\n', /^compose\.yaml:2:1: Map keys must be unique/u],
    ['a tab', 'services:\n\tweb: {}\n', /^compose\.yaml:2:1: Tabs/u],
    [
      'an unknown key on top',
      'servcies: {}\n',
      "compose.yaml:1:11: additional properties 'servcies' not allowed in the file",
    ],
    [
      'an unknown key of a network',
      'services: { a: { networks: [n] } }\nnetworks: { n: { parent: eth0 } }\n',
      "compose.yaml:2:26: additional properties 'parent' not allowed in networks.n",
    ],
    [
      'an unknown key of a pool',
      'services: { a: { networks: [n] } }\nnetworks: { n: { ipam: { config: [{ range: 192.0.2.0/28 }] } } }\n',
      /additional properties 'range' not allowed in networks\.n\.ipam\.config\[0\]/u,
    ],
    [
      'a network nobody defined',
      'services:\n  a:\n    networks: [gone]\n',
      'compose.yaml:3:16: services.a refers to undefined network gone',
    ],
    [
      'a list for a mapping',
      'services: { a: { networks: [n] } }\nnetworks: [n]\n',
      'compose.yaml:2:11: networks must be a mapping',
    ],
    [
      'a flag that is none',
      'services: { a: { networks: [n] } }\nnetworks: { n: { internal: maybe } }\n',
      'compose.yaml:2:28: networks.n.internal must be true or false',
    ],
    [
      'an alias to itself',
      'services: &a\n  x: *a\n',
      'compose.yaml:2:6: the alias a goes round in a circle',
    ],
    ['an alias to nobody', 'services: *b\n', /^compose\.yaml:1:11: /u],
    [
      'a merge key with a text',
      'services: { a: { <<: text } }\n',
      'compose.yaml:1:22: << takes mappings only',
    ],
    [
      'a service that extends itself',
      'services: { a: { extends: a } }\n',
      'compose.yaml:1:27: services.a extends itself in a circle',
    ],
    [
      'two that extend each other',
      'services: { a: { extends: b }, b: { extends: a } }\n',
      /extends itself in a circle/u,
    ],
    [
      'an odd variable',
      'services: { a: { image: "${1X}" } }\n',
      'compose.yaml:1:25: invalid interpolation format: ${1X}',
    ],
    [
      'an open brace',
      'services: { a: { image: "${X" } }\n',
      'compose.yaml:1:25: invalid interpolation format: ${X',
    ],
    ['nothing', '', 'compose.yaml:1:1: the file says nothing'],
  ])('%s', (_what, text, says) => {
    if (typeof says === 'string') expect(mistakeIn(text)).toBe(says);
    else expect(mistakeIn(text)).toMatch(says);
  });

  it('a bomb of aliases', () => {
    const levels = Array.from({ length: 9 }, (_, at) =>
      at === 0
        ? 'x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]'
        : `x-${at}: &a${at} [${Array.from({ length: 9 }, () => `*a${at - 1}`).join(', ')}]`,
    );
    expect(mistakeIn(levels.join('\n'))).toMatch(/says too much$/u);
  });

  it('one that is nested too deep', () => {
    expect(mistakeIn(`x-a: ${'['.repeat(200)}${']'.repeat(200)}`)).toMatch(/nested too deep$/u);
  });
});
