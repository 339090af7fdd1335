// What firmware and processor say of the machine, and which NAS or router distribution is on it.
import { iniValue, parseIni } from '../../../core/parse/config/ini.js';
import { known, unknown, valueOf } from '../../../model/fact.js';
import type { Appliance, Machine } from '../../../model/machine.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Host } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';

const DMI = '/sys/class/dmi/id';
/** Lines of firmware are short, and the first processor says what all of them say. */
const LIMIT_BYTES = 8 * 1024;

export default defineGatherer({
  meta: {
    id: 'machine',
    title: 'Firmware, hypervisor and appliance',
    provides: ['machine'],
    reads: [DMI, '/sys/hypervisor/type', '/proc/cpuinfo', '/proc/device-tree/model', '/etc'],
  },
  gather(host, soFar) {
    if (host.os !== 'linux') {
      return { machine: unknown('absent', `what Linux tells of a machine, ${host.os} does not`) };
    }
    return { machine: known(describe(host, soFar)) };
  },
});

function describe(host: Host, soFar: Partial<Facts>): Machine {
  const told = {
    systemVendor: read(host, `${DMI}/sys_vendor`),
    productName: read(host, `${DMI}/product_name`),
    productVersion: read(host, `${DMI}/product_version`),
    boardVendor: read(host, `${DMI}/board_vendor`),
    biosVendor: read(host, `${DMI}/bios_vendor`),
    chassisAssetTag: read(host, `${DMI}/chassis_asset_tag`),
    hypervisorType: read(host, '/sys/hypervisor/type'),
    hasHypervisorFlag: hypervisorFlag(host),
    deviceTreeModel: read(host, '/proc/device-tree/model'),
    appliance: applianceOf(host, soFar),
  };
  const there = Object.entries(told).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there);
}

/** Undefined when it is not there, may not be read, or is empty; firmware pads with blanks, device trees end in NUL. */
function read(host: Host, path: string): string | undefined {
  const text = valueOf(host.files.readText(path, LIMIT_BYTES));
  return text?.replaceAll('\0', '').trim() || undefined;
}

/** Only x86 has flags; Arm's `Features` say nothing of it. */
function hypervisorFlag(host: Host): boolean | undefined {
  const flags = /^flags\s*:(.*)$/m.exec(read(host, '/proc/cpuinfo') ?? '')?.[1];
  return flags?.split(/\s+/).includes('hypervisor');
}

/** Files that only they have. */
const MARKS: readonly (readonly [Appliance, string])[] = [
  ['unraid', '/etc/unraid-version'],
  ['synology', '/etc/synoinfo.conf'],
  ['qnap', '/etc/config/qpkg.conf'],
  ['truenas', '/usr/bin/midclt'],
  ['openwrt', '/etc/openwrt_release'],
  ['proxmox', '/usr/bin/pveversion'],
  ['home-assistant', '/etc/hassio.json'],
];

/** Names that they give their kernels, which containers on them see as well. */
const KERNELS: readonly (readonly [Appliance, RegExp])[] = [
  ['unraid', /-unraid$/i],
  ['truenas', /\+truenas$/i],
  ['qnap', /-qnap$/i],
];

/** In a container the files are the image's, which may well be one of these systems on something else. */
function applianceOf(host: Host, { platform }: Partial<Facts>): Appliance | undefined {
  const byKernel = KERNELS.find(([, name]) => name.test(host.kernel))?.[0];
  const isContainer = platform?.state === 'known' && platform.value.isContainer;
  if (byKernel !== undefined || isContainer) return byKernel;
  const byFile = MARKS.find(([, path]) => host.files.inode(path).state === 'known')?.[0];
  return byFile ?? (isHomeAssistantOs(host) ? 'home-assistant' : undefined);
}

function isHomeAssistantOs(host: Host): boolean {
  const release = parseIni(read(host, '/etc/os-release') ?? '');
  return /^"?(?:haos|hassos)"?$/.test(iniValue(release, '', 'ID') ?? '');
}
