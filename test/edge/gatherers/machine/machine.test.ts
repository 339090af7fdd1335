import { describe, expect, it } from 'vitest';
import machine from '../../../../src/edge/gatherers/machine/machine.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { type FakeMachine, fakeHost } from '../../../support/fake-host.js';
import { valueOf } from '../../../support/netlink-bytes.js';
import { PLATFORM } from '../../../support/world.js';

async function look(fake: FakeMachine, isContainer = false) {
  const platform = known({ ...PLATFORM, isContainer });
  return valueOf((await machine.gather(fakeHost(fake), { platform })).machine);
}

const DMI = '/sys/class/dmi/id';

describe('machine', () => {
  it('quotes firmware, hypervisor and processor', async () => {
    const files = {
      [`${DMI}/sys_vendor`]: 'VMware, Inc.\n',
      [`${DMI}/product_name`]: 'VMware Virtual Platform   \n',
      [`${DMI}/product_version`]: 'None\n',
      [`${DMI}/board_vendor`]: 'Intel Corporation\n',
      [`${DMI}/bios_vendor`]: 'Phoenix Technologies LTD\n',
      [`${DMI}/chassis_asset_tag`]: '7783-7084-3265-9085-8269-3286-77\n',
      '/sys/hypervisor/type': 'xen\n',
      '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\nbugs\t\t:\n',
    };
    expect(await look({ files })).toEqual({
      systemVendor: 'VMware, Inc.',
      productName: 'VMware Virtual Platform',
      productVersion: 'None',
      boardVendor: 'Intel Corporation',
      biosVendor: 'Phoenix Technologies LTD',
      chassisAssetTag: '7783-7084-3265-9085-8269-3286-77',
      hypervisorType: 'xen',
      hasHypervisorFlag: true,
    });
  });

  it('leaves out what nothing says', async () => {
    const board = { '/proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0' };
    expect(await look({ files: board })).toEqual({
      deviceTreeModel: 'Raspberry Pi 4 Model B Rev 1.4',
    });
    const files = {
      [`${DMI}/sys_vendor`]: '  \n',
      [`${DMI}/product_name`]: unknown('denied', 'not for you'),
      '/proc/cpuinfo': 'processor\t: 0\nFeatures\t: fp asimd\n',
    };
    expect(await look({ files })).toEqual({});
  });

  it('knows bare metal by the lack of the flag, not by a word like it', async () => {
    const files = { '/proc/cpuinfo': 'flags\t\t: fpu nohypervisor\nmodel name\t: hypervisor\n' };
    expect(await look({ files })).toEqual({ hasHypervisorFlag: false });
  });

  it.each([
    ['/etc/unraid-version', 'unraid'],
    ['/etc/synoinfo.conf', 'synology'],
    ['/etc/config/qpkg.conf', 'qnap'],
    ['/usr/bin/midclt', 'truenas'],
    ['/etc/openwrt_release', 'openwrt'],
    ['/usr/bin/pveversion', 'proxmox'],
    ['/etc/hassio.json', 'home-assistant'],
  ])('knows an appliance by %s, but not inside a container', async (path, appliance) => {
    expect(await look({ inodes: { [path]: 5 } })).toEqual({ appliance });
    expect(await look({ inodes: { [path]: 5 } }, true)).toEqual({});
  });

  it('knows some by the name of their kernel, in a container too', async () => {
    expect(await look({ host: { kernel: '6.1.79-Unraid' } }, true)).toEqual({
      appliance: 'unraid',
    });
    expect(await look({ host: { kernel: '6.6.44-production+truenas' } }, true)).toEqual({
      appliance: 'truenas',
    });
    expect(await look({ host: { kernel: '5.10.60-qnap' } })).toEqual({ appliance: 'qnap' });
  });

  it('knows Home Assistant OS by its release', async () => {
    expect(await look({ files: { '/etc/os-release': 'NAME="x"\nID=haos\n' } })).toEqual({
      appliance: 'home-assistant',
    });
    expect(await look({ files: { '/etc/os-release': 'ID=debian\n' } })).toEqual({});
  });

  it('is a thing of Linux', async () => {
    const fact = (await machine.gather(fakeHost({ host: { os: 'darwin' } }), {})).machine;
    expect(fact.state).toBe('absent');
  });
});
