// Whether this kernel can make macvlan links, found out without loading anything: to load a module changes the host.
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import { isMacvlanKind } from '../../../model/link.js';
import type { MacvlanSupport } from '../../../model/platform.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Host } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';

/** modules.dep of a distribution's kernel is below 1 MiB. */
const MODULES_LIMIT_BYTES = 8 * 1024 * 1024;
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

/** The cheap and certain first. */
function look(host: Host, soFar: Partial<Facts>): Fact<MacvlanSupport> {
  if (hasMacvlan(soFar)) return yes('a macvlan link exists');
  if (host.files.inode('/sys/module/macvlan').state === 'known')
    return yes('/sys/module/macvlan exists');
  return fromModules(host) ?? fromConfig(host) ?? fromSymbols(host);
}

function hasMacvlan(soFar: Partial<Facts>): boolean {
  const namespaces = soFar.namespaces === undefined ? undefined : valueOf(soFar.namespaces);
  return (namespaces ?? []).some((netns) => valueOf(netns.content)?.links.some(isMacvlanKind));
}

/** Both lists together are complete: what is in neither, this kernel does not have. NixOS keeps its own folder. */
function fromModules(host: Host): Fact<MacvlanSupport> | undefined {
  for (const root of ['/lib/modules', '/run/booted-system/kernel-modules/lib/modules']) {
    const folder = `${root}/${host.kernel}`;
    const builtin = read(host, `${folder}/modules.builtin`);
    if (builtin !== undefined && /\/macvlan\.ko/.test(builtin)) {
      return yes(`macvlan.ko in ${folder}/modules.builtin`);
    }
    const loadable = read(host, `${folder}/modules.dep`);
    if (loadable !== undefined && /\/macvlan\.ko[.\w]*:/.test(loadable)) {
      return yes(`macvlan.ko in ${folder}/modules.dep`);
    }
    if (builtin !== undefined && loadable !== undefined) {
      return no(`macvlan.ko is neither in modules.builtin nor in modules.dep of ${folder}`);
    }
  }
  return undefined;
}

/** `=m` says nothing of whether the module is installed, unless every folder of modules belongs to another kernel. */
function fromConfig(host: Host): Fact<MacvlanSupport> | undefined {
  for (const path of ['/proc/config.gz', `/boot/config-${host.kernel}`]) {
    const config = read(host, path);
    if (config === undefined || !/^CONFIG_NET=y$/m.test(config)) continue;
    const setting = /^CONFIG_MACVLAN=([ym])$/m.exec(config)?.[1];
    if (setting === 'y') return yes(`CONFIG_MACVLAN=y in ${path}`);
    if (setting === undefined) return no(`CONFIG_MACVLAN is not set in ${path}`);
    return modulesOfAnotherKernel(host);
  }
  return undefined;
}

/** A kernel was upgraded, the machine not restarted, and the running kernel's modules are gone. */
function modulesOfAnotherKernel(host: Host): Fact<MacvlanSupport> | undefined {
  const kernels = valueOf(host.files.list('/lib/modules')) ?? [];
  const others = kernels.filter((name) => /^\d+\.\d+/.test(name));
  if (others.length === 0 || others.includes(host.kernel)) return undefined;
  return no(
    `macvlan is a module, and /lib/modules has none for the running kernel ${host.kernel} (only ${others.join(', ')})`,
  );
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

function read(host: Host, path: string): string | undefined {
  return valueOf(host.files.readText(path, MODULES_LIMIT_BYTES));
}

function yes(evidence: string): Fact<MacvlanSupport> {
  return known({ available: true, evidence });
}

function no(evidence: string): Fact<MacvlanSupport> {
  return known({ available: false, evidence });
}
