// A network in words: the command line that makes it, the compose file that describes it, and where two of them differ.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  changed,
  withGateway,
  withSubnet,
} from '../../../../src/core/derive/engine-networks/change.js';
import { composeFragment } from '../../../../src/core/derive/engine-networks/compose-fragment.js';
import { createArgv, removeArgv } from '../../../../src/core/derive/engine-networks/create-argv.js';
import { differences } from '../../../../src/core/derive/engine-networks/differences.js';
import type { IpamPool, RuntimeNetwork } from '../../../../src/model/runtime-network.js';
import { printable } from '../../../../src/model/text.js';

const DOCKER = { flavour: 'docker', endpoint: 'unix:///var/run/docker.sock' } as const;
const PODMAN = { flavour: 'podman', endpoint: 'unix:///run/podman/podman.sock' } as const;

function aNetwork(part: Partial<RuntimeNetwork> = {}): RuntimeNetwork {
  return {
    id: 'a1b2',
    name: 'lan',
    driver: 'macvlan',
    scope: 'local',
    isInternal: false,
    isConfigOnly: false,
    parent: 'eth0',
    pools: [{ subnet: '192.0.2.0/24', gateway: '192.0.2.1', auxAddresses: {} }],
    ...part,
  };
}

const TWO_POOLS: readonly IpamPool[] = [
  {
    subnet: '192.0.2.0/24',
    gateway: '192.0.2.1',
    ipRange: '192.0.2.64/26',
    auxAddresses: { tv: '192.0.2.65', '3': '192.0.2.66' },
  },
  { subnet: '2001:db8::/64', gateway: '2001:db8::1', auxAddresses: {} },
];

describe('the command line', () => {
  it.each([
    ['the least', {}, '-d macvlan --subnet=192.0.2.0/24 --gateway=192.0.2.1 -o parent=eth0 lan'],
    [
      'everything',
      { pools: TWO_POOLS, isInternal: true, isAttachable: true, mode: 'vepa' },
      '-d macvlan --ipv6 --subnet=192.0.2.0/24 --gateway=192.0.2.1 --ip-range=192.0.2.64/26 --aux-address=3=192.0.2.66 --aux-address=tv=192.0.2.65 --subnet=2001:db8::/64 --gateway=2001:db8::1 --internal --attachable -o parent=eth0 -o macvlan_mode=vepa lan',
    ],
    [
      'ipvlan',
      { driver: 'ipvlan', mode: 'l2', ipvlanFlag: 'private', pools: [] },
      '-d ipvlan -o parent=eth0 -o ipvlan_mode=l2 -o ipvlan_flag=private lan',
    ],
    [
      'a template',
      { isConfigOnly: true, driver: 'null', mode: 'bridge', name: 'form' },
      '--config-only --subnet=192.0.2.0/24 --gateway=192.0.2.1 -o parent=eth0 -o macvlan_mode=bridge form',
    ],
    ['what is made from one', { configFrom: 'form' }, '-d macvlan --config-from=form lan'],
    ['a name like an option', { name: '--help', pools: [] }, '-d macvlan -o parent=eth0 -- --help'],
    [
      'IPv6 that the engine told of',
      { hasIpv6: true, pools: [] },
      '-d macvlan --ipv6 -o parent=eth0 lan',
    ],
  ])('of docker: %s', (_what, part, words) => {
    expect(createArgv(aNetwork(part), DOCKER).join(' ')).toBe(`docker network create ${words}`);
  });

  it('speaks to the engine that was asked, and podman to podman', () => {
    const elsewhere = { ...DOCKER, endpoint: 'tcp://192.0.2.9:2375' };
    expect(removeArgv(aNetwork(), elsewhere).join(' ')).toBe(
      'docker -H tcp://192.0.2.9:2375 network rm lan',
    );
    expect(createArgv(aNetwork({ mode: 'bridge', pools: [] }), PODMAN).join(' ')).toBe(
      'podman network create -d macvlan -o parent=eth0 -o mode=bridge lan',
    );
  });
});

describe('what differs', () => {
  const diff = (before: RuntimeNetwork, after: RuntimeNetwork) =>
    differences(before, after, 'docker');

  it('is nothing between a network and itself', () => {
    expect(diff(aNetwork({ pools: TWO_POOLS }), aNetwork({ pools: TWO_POOLS }))).toEqual([]);
  });

  it.each([
    [
      'another parent',
      { parent: 'br0' },
      [{ option: '-o parent', from: 'eth0', to: 'br0', word: 'parent=br0' }],
    ],
    [
      'a mode',
      { mode: 'bridge' },
      [{ option: '-o macvlan_mode', to: 'bridge', word: 'macvlan_mode=bridge' }],
    ],
    ['a switch', { isInternal: true }, [{ option: '--internal', to: 'on', word: '--internal' }]],
    [
      'no gateway',
      { pools: [{ subnet: '192.0.2.0/24', auxAddresses: {} }] },
      [{ option: '--gateway', from: '192.0.2.1' }],
    ],
  ])('is named: %s', (_what, part, expected) => {
    expect(diff(aNetwork(), aNetwork(part))).toEqual(expected);
  });

  it('keeps the pools apart', () => {
    const before = aNetwork({ pools: TWO_POOLS });
    expect(diff(before, changed(before, withGateway('2001:db8::9')))).toEqual([
      {
        option: '--gateway',
        from: '2001:db8::1',
        to: '2001:db8::9',
        word: '--gateway=2001:db8::9',
      },
    ]);
  });

  it('takes along what is inside of another subnet, and nothing else', () => {
    const before = aNetwork({ pools: TWO_POOLS });
    const wider = changed(before, withSubnet(['192.0.2.70'], '192.0.0.0/16'));
    expect(diff(before, wider).map(({ option }) => option)).toEqual(['--subnet']);
    const narrower = changed(before, withSubnet(['192.0.2.70'], '192.0.2.64/26'));
    expect(diff(before, narrower).map(({ option, to }) => `${option} ${to ?? '-'}`)).toEqual([
      '--subnet 192.0.2.64/26',
      '--gateway -',
      '--ip-range -',
    ]);
    const whole = aNetwork({ pools: [{ subnet: '192.0.2.0/25', auxAddresses: {} }] });
    expect(changed(whole, withSubnet(['192.0.2.9'], '192.0.2.0/24')).pools).toEqual([
      { subnet: '192.0.2.0/24', auxAddresses: {}, ipRange: '192.0.2.0/25' },
    ]);
  });
});

describe('the part of a compose file', () => {
  const fragment = (after: RuntimeNetwork, before?: RuntimeNetwork): string =>
    composeFragment(after, 'docker', before) ?? '';

  it('says all of it, and marks the lines that differ', () => {
    const before = aNetwork({ pools: TWO_POOLS, isInternal: true, mode: 'vepa' });
    const after = aNetwork({
      pools: [
        { subnet: '192.0.2.0/24', gateway: '192.0.2.254', auxAddresses: { nas: '192.0.2.9' } },
        { subnet: '2001:db8::/64', gateway: '2001:db8::1', auxAddresses: {} },
      ],
      isAttachable: true,
      mode: 'bridge',
    });
    expect(fragment(after, before)).toBe(`networks:
  lan:
    name: lan
    driver: macvlan
    driver_opts:
      parent: eth0
      macvlan_mode: bridge # was vepa
    enable_ipv6: true
    attachable: true # new
    ipam:
      config:
        - subnet: 192.0.2.0/24
          gateway: 192.0.2.254 # was 192.0.2.1
          aux_addresses:
            nas: 192.0.2.9 # new
            # without 3: 192.0.2.66
            # without tv: 192.0.2.65
          # without ip_range: 192.0.2.64/26
        - subnet: 2001:db8::/64
          gateway: 2001:db8::1
    # without internal: true
`);
    expect(fragment(after)).not.toContain('#');
  });

  it('does not exist for templates, for what is made from them, and for swarms', () => {
    for (const part of [{ isConfigOnly: true }, { configFrom: 'form' }, { scope: 'swarm' }]) {
      expect(composeFragment(aNetwork(part), 'docker')).toBeUndefined();
    }
  });

  it('means what the network is called, whatever that is, and shows every character of it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }).filter((one) => !/\p{Cs}/u.test(one)),
      fc.constantFrom(
        'yes',
        '1:30',
        'null',
        '- x',
        'a: b',
        '$HOME',
        '\u001B[2J',
        '\u202Ex',
        '#',
        'x\ny',
      ),
    );
    fc.assert(
      fc.property(text, text, text, (name, parent, aux) => {
        const pools = [{ subnet: '192.0.2.0/24', auxAddresses: { [aux]: '192.0.2.9' } }];
        const network = aNetwork({ name, parent, pools });
        const yaml = fragment(network, aNetwork());
        expect(yaml.split('\n').filter((line) => printable(line) !== line)).toEqual([]);
        const { networks } = parse(yaml) as { networks: Record<string, Record<string, unknown>> };
        const dollars = (value: string): string => value.replaceAll('$', '$$$$');
        expect(Object.values(networks)).toMatchObject([
          {
            name: dollars(name),
            driver_opts: { parent: dollars(parent) },
            ipam: { config: [{ aux_addresses: { [aux]: '192.0.2.9' } }] },
          },
        ]);
      }),
    );
  });
});
