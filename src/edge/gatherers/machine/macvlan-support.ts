// Whether this kernel can make macvlan links, found out without loading anything: to load a module changes the host.
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import { isMacvlanKind } from '../../../model/link.js';
import type { MacvlanSupport } from '../../../model/platform.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Host } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';
import { kernelFiles, type KernelFiles } from './kernel-drivers.js';

/** kallsyms of a kernel with everything in it is below 20 MiB; it is read only when nothing else tells. */
const KALLSYMS_LIMIT_BYTES = 32 * 1024 * 1024;

export default defineGatherer({
  meta: {
    id: 'macvlan-support',
    title: 'Macvlan support of the kernel',
    provides: ['macvlanSupport'],
    reads: [
      '/sys/module/macvlan',
      '/lib/modules',
      '/proc/config.gz',
      '/boot/config',
      '/proc/kallsyms',
    ],
  },
  gather: (host, soFar) => ({
    macvlanSupport:
      host.os === 'linux'
        ? look(host, soFar)
        : unknown('absent', `macvlan is a driver of Linux, and this is ${host.os}`),
  }),
});

function look(host: Host, soFar: Partial<Facts>): Fact<MacvlanSupport> {
  const kernel = kernelFiles(host);
  const support = lookFor(kernel, host, soFar);
  const lacks = OTHERS.filter((driver) => kernel.has(driver)?.available === false);
  if (support.state !== 'known' || lacks.length === 0) return support;
  return known({ ...support.value, lacks: lacks.map(({ module }) => module) });
}

/** The cheap and certain first. */
function lookFor(kernel: KernelFiles, host: Host, soFar: Partial<Facts>): Fact<MacvlanSupport> {
  if (hasMacvlan(soFar)) return yes('a macvlan link exists');
  if (host.files.inode('/sys/module/macvlan').state === 'known')
    return yes('/sys/module/macvlan exists');
  const told = kernel.has(MACVLAN);
  return told === undefined ? fromSymbols(host) : known(told);
}

const MACVLAN = { module: 'macvlan', option: 'CONFIG_MACVLAN' } as const;
/** Links that an engine makes along with a macvlan network: for a VLAN, and where no parent is named. */
const OTHERS = [
  { module: '8021q', option: 'CONFIG_VLAN_8021Q' },
  { module: 'dummy', option: 'CONFIG_DUMMY' },
] as const;

function hasMacvlan(soFar: Partial<Facts>): boolean {
  const namespaces = soFar.namespaces === undefined ? undefined : valueOf(soFar.namespaces);
  return (namespaces ?? []).some((netns) => valueOf(netns.content)?.links.some(isMacvlanKind));
}

function fromSymbols(host: Host): Fact<MacvlanSupport> {
  const symbols = valueOf(host.files.readText('/proc/kallsyms', KALLSYMS_LIMIT_BYTES));
  if (symbols !== undefined && / macvlan_(?:common_newlink|init)\b/.test(symbols)) {
    return yes('the kernel has the symbol macvlan_common_newlink');
  }
  return unknown(
    'failed',
    'neither the lists of modules nor the configuration of the running kernel could be found',
  );
}

function yes(evidence: string): Fact<MacvlanSupport> {
  return known({ available: true, evidence });
}
