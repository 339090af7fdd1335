// Whether the running kernel has a driver, by its lists of modules and its configuration; nothing is loaded.
import { valueOf } from '../../../model/fact.js';
import type { Host } from '../../host/host.js';

/** modules.dep of a distribution's kernel is below 1 MiB. */
const MODULES_LIMIT_BYTES = 8 * 1024 * 1024;

export interface Driver<Name extends string = string> {
  readonly module: Name;
  /** Of the kernel's configuration. */
  readonly option: string;
}

export interface Told {
  readonly available: boolean;
  readonly evidence: string;
}

export interface KernelFiles {
  /** Undefined where no file tells. */
  readonly has: (driver: Driver) => Told | undefined;
}

/** Each file is read once, when it is first asked for. */
export function kernelFiles(host: Host): KernelFiles {
  const texts = new Map<string, string | undefined>();
  const read: Reader = (path) => {
    if (!texts.has(path)) {
      texts.set(path, valueOf(host.files.readText(path, MODULES_LIMIT_BYTES)));
    }
    return texts.get(path);
  };
  return {
    has: (driver) => fromModules(driver, host, read) ?? fromConfig(driver, host, read),
  };
}

type Reader = (path: string) => string | undefined;

/** Both lists together are complete: what is in neither, this kernel does not have. NixOS keeps its own folder. */
function fromModules({ module }: Driver, { kernel }: Host, read: Reader): Told | undefined {
  for (const root of ['/lib/modules', '/run/booted-system/kernel-modules/lib/modules']) {
    const folder = `${root}/${kernel}`;
    const builtin = read(`${folder}/modules.builtin`);
    if (builtin?.includes(`/${module}.ko`) === true) {
      return { available: true, evidence: `${module}.ko in ${folder}/modules.builtin` };
    }
    const loadable = read(`${folder}/modules.dep`);
    if (loadable !== undefined && new RegExp(`/${module}\\.ko[.\\w]*:`, 'u').test(loadable)) {
      return { available: true, evidence: `${module}.ko in ${folder}/modules.dep` };
    }
    if (builtin !== undefined && loadable !== undefined) {
      const evidence = `${module}.ko is neither in modules.builtin nor in modules.dep of ${folder}`;
      return { available: false, evidence };
    }
  }
  return undefined;
}

/** `=m` says nothing of whether the module is installed, unless every folder of modules belongs to another kernel. */
function fromConfig(driver: Driver, host: Host, read: Reader): Told | undefined {
  const { option } = driver;
  for (const path of ['/proc/config.gz', `/boot/config-${host.kernel}`]) {
    const config = read(path);
    if (config === undefined || !/^CONFIG_NET=y$/m.test(config)) continue;
    const setting = new RegExp(`^${option}=([ym])$`, 'mu').exec(config)?.[1];
    if (setting === 'y') return { available: true, evidence: `${option}=y in ${path}` };
    if (setting === undefined) {
      return { available: false, evidence: `${option} is not set in ${path}` };
    }
    return modulesOfAnotherKernel(driver, host);
  }
  return undefined;
}

/** A kernel was upgraded, the machine not restarted, and the running kernel's modules are gone. */
function modulesOfAnotherKernel({ module }: Driver, { files, kernel }: Host): Told | undefined {
  const kernels = valueOf(files.list('/lib/modules')) ?? [];
  const others = kernels.filter((name) => /^\d+\.\d+/.test(name));
  if (others.length === 0 || others.includes(kernel)) return undefined;
  const only = `(only ${others.join(', ')})`;
  const evidence = `${module} is a module, and /lib/modules has none for the running kernel ${kernel} ${only}`;
  return { available: false, evidence };
}
