// What a network was asked for, as options of `network create`: one list for command lines, comparisons and previews.
import type { Engine, IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';

/** One option: `--subnet` with its value, `-o parent` with its, a switch with none. */
export interface NetworkOption {
  readonly option: string;
  readonly value?: string;
  /** The words of the command line, the last of which says what it is about. */
  readonly words: readonly [...string[], string];
}

/** In the order in which people write them. */
export function networkOptions(
  network: RuntimeNetwork,
  flavour: Engine['flavour'],
): NetworkOption[] {
  const { configFrom, isConfigOnly, driver, scope } = network;
  const { isInternal, isAttachable = false } = network;
  // What comes from a template is no option of the network itself.
  const own = configFrom === undefined;
  return [
    ...(isConfigOnly
      ? [flag('--config-only')]
      : [{ option: '-d', value: driver, words: ['-d', driver] as const }]),
    ...(scope === 'swarm' ? [long('--scope', scope)] : []),
    ...(own ? [] : [long('--config-from', configFrom)]),
    ...(own && hasIpv6(network) ? [flag('--ipv6')] : []),
    ...(own ? network.pools.flatMap((pool) => poolOptions(pool)) : []),
    ...(isInternal ? [flag('--internal')] : []),
    ...(isAttachable ? [flag('--attachable')] : []),
    ...(own ? driverOptions(network, flavour) : []),
  ];
}

/** Engines that do not tell of IPv6 give such a network an IPv6 subnet all the same. */
export function hasIpv6({ hasIpv6: isTold, pools }: RuntimeNetwork): boolean {
  return isTold ?? pools.some(({ subnet }) => subnet.includes(':'));
}

/** Names and values of its `-o` options, as far as they are known. */
export function driverOptionsOf(
  network: RuntimeNetwork,
  flavour: Engine['flavour'],
): [string, string][] {
  const { driver, parent, mode, ipvlanFlag } = network;
  const modeName = flavour === 'podman' ? 'mode' : `${driver}_mode`;
  const isOnParent = driver === 'macvlan' || driver === 'ipvlan';
  return [
    ...(parent === undefined ? [] : [['parent', parent] as [string, string]]),
    // A template has the mode of the networks that will be made from it, whose driver it does not know.
    ...(mode === undefined
      ? []
      : [
          [isOnParent || flavour === 'podman' ? modeName : 'macvlan_mode', mode] as [
            string,
            string,
          ],
        ]),
    ...(ipvlanFlag === undefined ? [] : [['ipvlan_flag', ipvlanFlag] as [string, string]]),
  ];
}

function poolOptions({ subnet, gateway, ipRange, auxAddresses }: IpamPool): NetworkOption[] {
  return [
    long('--subnet', subnet),
    ...(gateway === undefined ? [] : [long('--gateway', gateway)]),
    ...(ipRange === undefined ? [] : [long('--ip-range', ipRange)]),
    ...Object.entries(auxAddresses).map(([name, ip]) => long('--aux-address', `${name}=${ip}`)),
  ];
}

function driverOptions(network: RuntimeNetwork, flavour: Engine['flavour']): NetworkOption[] {
  return driverOptionsOf(network, flavour).map(([name, value]) => ({
    option: `-o ${name}`,
    value,
    words: ['-o', `${name}=${value}`],
  }));
}

function long(option: string, value: string): NetworkOption {
  return { option, value, words: [`${option}=${value}`] };
}

function flag(option: string): NetworkOption {
  return { option, words: [option] };
}
