import { describe, expect, it } from 'vitest';
import macvlanSupport from '../../../../src/edge/gatherers/machine/macvlan-support.js';
import { unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { type FakeMachine, fakeHost } from '../../../support/fake-host.js';

const KERNEL = '6.1.0-32-amd64';
const MODULES = `/lib/modules/${KERNEL}`;
const BOOT_CONFIG = `/boot/config-${KERNEL}`;

async function look(machine: FakeMachine, soFar = {}) {
  return (await macvlanSupport.gather(fakeHost(machine), soFar)).macvlanSupport;
}

function saying(available: boolean, evidence: RegExp) {
  return {
    state: 'known',
    value: expect.objectContaining({
      available,
      evidence: expect.stringMatching(evidence) as string,
    }) as object,
  };
}

describe('macvlanSupport', () => {
  it('needs no more than a macvlan link', async () => {
    const { facts } = aSnapshot().parent('eth0').child('web').build();
    expect(await look({}, facts)).toEqual(saying(true, /a macvlan link exists/));
    const none = aSnapshot().parent('eth0').build().facts;
    expect(await look({}, none)).toMatchObject({ state: 'failed' });
  });

  it.each<[string, FakeMachine, boolean, RegExp]>([
    ['loaded', { inodes: { '/sys/module/macvlan': 3 } }, true, /\/sys\/module\/macvlan/],
    [
      'built in',
      { files: { [`${MODULES}/modules.builtin`]: 'kernel/drivers/net/macvlan.ko\n' } },
      true,
      /modules\.builtin/,
    ],
    [
      'a packed module',
      { files: { [`${MODULES}/modules.dep`]: 'kernel/drivers/net/macvlan.ko.zst:\n' } },
      true,
      /modules\.dep/,
    ],
    [
      'only macvtap is there',
      {
        files: {
          [`${MODULES}/modules.builtin`]: 'kernel/fs/ext4/ext4.ko\n',
          [`${MODULES}/modules.dep`]: 'kernel/drivers/net/dummy.ko.zst:\n',
        },
      },
      false,
      /neither in/,
    ],
    [
      'built in, by the running configuration',
      { files: { '/proc/config.gz': 'CONFIG_NET=y\nCONFIG_MACVLAN=y\n' } },
      true,
      /config\.gz/,
    ],
    [
      'left out, by the configuration in /boot',
      { files: { [BOOT_CONFIG]: 'CONFIG_NET=y\n# CONFIG_MACVLAN is not set\n' } },
      false,
      /is not set in \/boot/,
    ],
    [
      'a module, and the modules of the running kernel are gone',
      {
        files: {
          [BOOT_CONFIG]: 'CONFIG_NET=y\nCONFIG_MACVLAN=m\n',
          '/lib/modules/6.1.0-33-amd64/modules.dep': 'kernel/drivers/net/macvlan.ko:\n',
        },
      },
      false,
      /none for the running kernel .* \(only 6\.1\.0-33-amd64\)/,
    ],
    [
      'nothing but symbols',
      { files: { '/proc/kallsyms': '0000000000000000 T macvlan_common_newlink\t[macvlan]\n' } },
      true,
      /macvlan_common_newlink/,
    ],
  ])('%s', async (_name, machine, available, evidence) => {
    expect(await look(machine)).toEqual(saying(available, evidence));
  });

  it.each<[string, FakeMachine]>([
    ['nothing can be read', {}],
    [
      'a module that may or may not be installed',
      { files: { [BOOT_CONFIG]: 'CONFIG_NET=y\nCONFIG_MACVLAN=m\n' } },
    ],
    ['a configuration that is cut off', { files: { [BOOT_CONFIG]: 'CONFIG_X=y\n' } }],
    ['symbols without it', { files: { '/proc/kallsyms': '0 T register_netdevice\n' } }],
    ['a denied configuration', { files: { [BOOT_CONFIG]: unknown('denied', 'no') } }],
  ])('does not guess: %s', async (_name, machine) => {
    expect(await look(machine)).toMatchObject({ state: 'failed' });
  });

  it('is a question for Linux only', async () => {
    expect(await look({ host: { os: 'darwin' } })).toMatchObject({ state: 'absent' });
  });

  it.each<[string, FakeMachine, readonly string[] | undefined]>([
    ['no file tells', {}, undefined],
    [
      'the configuration has neither',
      { files: { '/proc/config.gz': 'CONFIG_NET=y\n# CONFIG_DUMMY is not set\n' } },
      ['8021q', 'dummy'],
    ],
    [
      'one is built in, and the other a module',
      { files: { '/proc/config.gz': 'CONFIG_NET=y\nCONFIG_VLAN_8021Q=y\nCONFIG_DUMMY=m\n' } },
      undefined,
    ],
    [
      'one of the lists of modules has one of them',
      {
        files: {
          [`${MODULES}/modules.builtin`]: 'kernel/net/8021q/8021q.ko\n',
          [`${MODULES}/modules.dep`]: 'kernel/drivers/net/macvlan.ko.zst:\n',
        },
      },
      ['dummy'],
    ],
    [
      'a list is missing',
      { files: { [`${MODULES}/modules.builtin`]: 'kernel/net/8021q/8021q.ko\n' } },
      undefined,
    ],
  ])('tells which other links the kernel cannot make: %s', async (_what, machine, lacks) => {
    const inodes = { '/sys/module/macvlan': 3 };
    const support = await look({ ...machine, inodes });
    expect(support).toEqual({
      state: 'known',
      value: {
        available: true,
        evidence: '/sys/module/macvlan exists',
        ...(lacks !== undefined && { lacks }),
      },
    });
  });
});
