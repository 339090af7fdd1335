// Which product a container engine belongs to, as far as it decides whether the engine's kernel is this machine's kernel.
import type { Platform } from '../../../model/platform.js';
import type { Evidence } from '../../../model/finding.js';
import type { Engine, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Topology } from '../../../model/topology.js';
import { listOf } from '../wording/victims.js';

/** Products that run their engine inside a Linux virtual machine of their own. */
export type Product =
  'Docker Desktop' | 'OrbStack' | 'Rancher Desktop' | 'Colima' | 'Lima' | 'Podman machine';

interface Mark {
  readonly product: Product;
  readonly operatingSystem?: RegExp;
  readonly kernelVersion?: RegExp;
  readonly endpoint?: RegExp;
  readonly context?: RegExp;
  /** A host name proves nothing on a machine that bears it itself. */
  readonly name?: RegExp;
}

/** The particular before the general: Rancher Desktop and Colima are built on Lima. */
const MARKS: readonly Mark[] = [
  {
    product: 'OrbStack',
    operatingSystem: /^OrbStack/,
    kernelVersion: /orbstack/,
    endpoint: /\/\.orbstack\//,
    context: /^orbstack$/,
  },
  {
    product: 'Rancher Desktop',
    operatingSystem: /^Rancher Desktop/,
    endpoint: /\/\.rd\//,
    context: /^rancher-desktop$/,
    name: /^lima-rancher-desktop$/,
  },
  {
    product: 'Colima',
    endpoint: /\/\.?colima\//,
    context: /^colima(?:-|$)/,
    name: /^(?:lima-)?colima(?:-|$)/,
  },
  { product: 'Lima', endpoint: /\/\.lima\//, context: /^lima(?:-|$)/, name: /^lima-/ },
  {
    product: 'Docker Desktop',
    operatingSystem: /^Docker Desktop/,
    kernelVersion: /-linuxkit/,
    endpoint: /\/\.docker\/desktop\/|dockerDesktopLinuxEngine/,
    context: /^desktop-(?:linux|windows)$/,
    name: /^docker-desktop$/,
  },
  {
    product: 'Podman machine',
    endpoint: /\/podman\/machine\/|\/podman-machine-|pipe\/podman-machine/,
  },
];

/** The product, or undefined for an engine that runs on the kernel below it like any other process. */
export function productOf(engine: Engine, platform: Platform): Product | undefined {
  const isOwnName = platform.os === 'linux' && engine.name === platform.hostname;
  const mark = MARKS.find(
    (candidate) =>
      candidate.operatingSystem?.test(engine.operatingSystem) === true ||
      candidate.kernelVersion?.test(engine.kernelVersion) === true ||
      candidate.endpoint?.test(engine.endpoint) === true ||
      candidate.context?.test(engine.context ?? '') === true ||
      (!isOwnName && candidate.name?.test(engine.name) === true),
  );
  if (mark !== undefined) return mark.product;
  return engine.flavour === 'podman' && isLocal(engine) && platform.os !== 'linux'
    ? 'Podman machine'
    : undefined;
}

/** Reached through a socket, a pipe or the loopback of this machine. */
export function isLocal(engine: Engine): boolean {
  return /^(?:unix|npipe):|^[a-z]+:\/\/(?:localhost|127\.|\[::1\])/.test(engine.endpoint);
}

/**
 * True when the macvlan links of this host cannot be the engine's: it has no network of that kind, and there are some.
 * Whatever kind of engine it is, it is then beside the point.
 */
export function isBystander(
  networks: readonly { readonly driver: string }[],
  topology: Topology,
): boolean {
  const hasOwn = networks.some(({ driver }) => driver === 'macvlan' || driver === 'ipvlan');
  const hasLinks = topology.parents.some(
    ({ children, shims }) => children.length + shims.length > 0,
  );
  return hasLinks && !hasOwn;
}

/** What the engine said of itself, for evidence. */
export function engineInWords(engine: Engine): string {
  const says = [
    `OperatingSystem "${engine.operatingSystem}"`,
    `KernelVersion "${engine.kernelVersion}"`,
    `Name "${engine.name}"`,
  ];
  const context = engine.context === undefined ? '' : ` (context ${engine.context})`;
  return `the engine at ${engine.endpoint}${context} says ${says.join(', ')}`;
}

/** Its macvlan and ipvlan networks, templates left out. */
export function lanNetworks(networks: readonly RuntimeNetwork[]): readonly RuntimeNetwork[] {
  return networks.filter(
    ({ driver, isConfigOnly }) => (driver === 'macvlan' || driver === 'ipvlan') && !isConfigOnly,
  );
}

/** The same for evidence, with the parents that they have where the engine lives. */
export function networksInWords(networks: readonly RuntimeNetwork[]): Evidence[] {
  const texts = lanNetworks(networks).map(
    ({ name, driver, parent }) => `${name} (${driver}, parent ${parent ?? 'none'})`,
  );
  return texts.length === 0 ? [] : [{ from: 'docker', says: `its networks: ${listOf(texts)}` }];
}
