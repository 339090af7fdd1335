// What kind of machine the doctor runs on, and what it is allowed to do there.
import { iniValue, parseIni } from '../../../core/parse/config/ini.js';
import { known, valueOf } from '../../../model/fact.js';
import type { Platform, Privileges } from '../../../model/platform.js';
import type { Host } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';

/** capability.h */
const CAP_NET_RAW = 13n;
const CAP_SYS_ADMIN = 21n;

export default defineGatherer({
  meta: {
    id: 'platform',
    title: 'System, kernel and privileges',
    provides: ['platform'],
    reads: [
      'uname',
      '/etc/os-release',
      '/proc/self/status',
      '/proc/self/uid_map',
      '/proc/1/ns/net',
    ],
  },
  gather: (host) => ({ platform: known(describe(host)) }),
});

function describe(host: Host): Platform {
  const distribution = distributionOf(host);
  const isInUserNamespace = hasPartialUidMap(host);
  const isInitialNetns = compareWithInit(host);
  return {
    os: host.os,
    hostname: host.hostname,
    kernel: host.kernel,
    arch: host.arch,
    ...(distribution === undefined ? {} : { distribution }),
    isWsl: host.os === 'linux' && (/microsoft/i.test(host.kernel) || exists(host, '/run/WSL')),
    isInUserNamespace,
    ...(isInitialNetns === undefined ? {} : { isInitialNetns }),
    isContainer: host.os === 'linux' && isContainer(host),
    privileges: privilegesOf(host, isInUserNamespace),
  };
}

function distributionOf(host: Host): string | undefined {
  const text = read(host, '/etc/os-release') ?? read(host, '/usr/lib/os-release');
  const name = iniValue(parseIni(text ?? ''), '', 'PRETTY_NAME');
  return name?.replace(/^(["'])(.*)\1$/, '$2');
}

/** The initial user namespace maps every uid to itself: one line, `0 0 4294967295` (user_namespaces(7)). */
function hasPartialUidMap(host: Host): boolean {
  const map = read(host, '/proc/self/uid_map')?.trim();
  return map !== undefined && map !== '' && !/^0\s+0\s+4294967295$/.test(map);
}

function compareWithInit(host: Host): boolean | undefined {
  const init = inodeOfInit(host);
  const own = valueOf(host.files.inode('/proc/self/ns/net'));
  return init === undefined || own === undefined ? undefined : init === own;
}

/** PID 1 may be guarded even from root; the kernel's own threads live where the machine booted. */
function inodeOfInit(host: Host): number | undefined {
  const init = valueOf(host.files.inode('/proc/1/ns/net'));
  if (init !== undefined) return init;
  const isKernelThread = read(host, '/proc/2/comm')?.trim() === 'kthreadd';
  return isKernelThread ? valueOf(host.files.inode('/proc/2/ns/net')) : undefined;
}

/** `/docker/ID`, `/system.slice/docker-ID.scope`, `/kubepods.slice/…`, `/machine.slice/libpod-ID.scope`, `/lxc.payload.NAME`. */
const CONTAINER_CGROUP =
  /\/(?:(?:docker|lxc)\/|lxc\.payload|kubepods|(?:docker|libpod)-[\da-f]{12})/;

/** Marks that Docker, Podman, systemd and cgroups version 1 leave. WSL calls its own distributions containers too. */
function isContainer(host: Host): boolean {
  if (exists(host, '/.dockerenv') || exists(host, '/run/.containerenv')) return true;
  const manager = read(host, '/run/systemd/container')?.trim() ?? '';
  if (manager !== '' && manager !== 'wsl') return true;
  return CONTAINER_CGROUP.test(read(host, '/proc/1/cgroup') ?? '');
}

/** Inside a user namespace capabilities count only towards network namespaces that belong to it. */
function privilegesOf(host: Host, isInUserNamespace: boolean): Privileges {
  const isRoot = host.uid === 0;
  if (host.os !== 'linux') return { canEnterNamespaces: false, canOpenRawSockets: isRoot, isRoot };
  const bits = effectiveCapabilities(host);
  const counts = !isInUserNamespace || ownsNetns(host);
  return {
    canEnterNamespaces: counts && ((bits >> CAP_SYS_ADMIN) & 1n) === 1n,
    canOpenRawSockets: counts && ((bits >> CAP_NET_RAW) & 1n) === 1n,
    isRoot,
  };
}

function effectiveCapabilities(host: Host): bigint {
  const hex = /^CapEff:\s*([\da-f]+)$/m.exec(read(host, '/proc/self/status') ?? '')?.[1];
  return hex === undefined ? 0n : BigInt(`0x${hex}`);
}

/** To enter even the namespace that one is in takes CAP_SYS_ADMIN in the user namespace that owns it (setns(2)). */
function ownsNetns(host: Host): boolean {
  return host.netlink?.ask('/proc/self/ns/net', []).state === 'known';
}

function read(host: Host, path: string): string | undefined {
  return valueOf(host.files.readText(path));
}

function exists(host: Host, path: string): boolean {
  return host.files.inode(path).state === 'known';
}
