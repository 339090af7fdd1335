// Who is on a network, and the command lines that take them off it and put them on again.
import type { Argv } from '../../../model/fix.js';
import type { Runtime, RuntimeEndpoint, RuntimeNetwork } from '../../../model/runtime-network.js';
import { compareIps, contains } from '../addressing/subnets.js';
import { engineCommand, operands } from './engine-command.js';

/** A container with its place on the network. */
export interface Member {
  readonly name: string;
  readonly isRunning: boolean;
  readonly endpoint: RuntimeEndpoint;
}

/** Containers on the network, running or not. */
export function membersOf({ id, name }: RuntimeNetwork, { containers }: Runtime): Member[] {
  return containers.flatMap((container) =>
    container.endpoints
      .filter(({ networkId, networkName }) =>
        networkId === '' ? networkName === name : networkId === id,
      )
      .map((endpoint) => ({
        name: container.name,
        isRunning: container.state === 'running' || container.state === 'paused',
        endpoint,
      })),
  );
}

/** Endpoints whose container is gone: they keep the network from being removed. */
export function leftOvers({ held = [] }: RuntimeNetwork, { containers }: Runtime): string[] {
  const ids = new Set(containers.map(({ id }) => id));
  return held.filter(({ containerId }) => !ids.has(containerId)).map(({ name }) => name);
}

/** Those that do not run first: what can go wrong with them interrupts nobody. */
export function inOrderOfLeaving(members: readonly Member[]): Member[] {
  return members.toSorted((a, b) => Number(a.isRunning) - Number(b.isRunning));
}

/**
 * Those who asked for an address come first, so that nobody else is given it; the others in the order of the addresses
 * that they had, which is the order in which an engine hands them out of each pool. What is of no pool stays as it was listed.
 */
export function inOrderOfReturn(
  members: readonly Member[],
  { pools }: Pick<RuntimeNetwork, 'pools'>,
): Member[] {
  const ipOf = ({ endpoint }: Member): string => bare(endpoint.ipv4);
  const poolOf = (member: Member): number => {
    const at = pools.findIndex(({ subnet }) => contains(subnet, ipOf(member)));
    return at === -1 ? pools.length : at;
  };
  const inPool = (a: Member, b: Member): number =>
    poolOf(a) === pools.length ? 0 : compareIps(ipOf(a), ipOf(b));
  return members.toSorted(
    (a, b) =>
      Number(isAsking(b)) - Number(isAsking(a)) ||
      Number(b.isRunning) - Number(a.isRunning) ||
      poolOf(a) - poolOf(b) ||
      inPool(a, b),
  );
}

function isAsking({ endpoint }: Member): boolean {
  return endpoint.wantedIpv4 !== undefined || endpoint.wantedIpv6 !== undefined;
}

function bare(cidr = ''): string {
  return cidr.split('/')[0] ?? '';
}

export function disconnectArgv(
  { name }: Pick<Member, 'name'>,
  network: string,
  { engine }: Runtime,
): Argv {
  return [...engineCommand(engine), 'network', 'disconnect', ...operands(network, name)];
}

/** By force: nobody is there who could be asked to leave. */
export function dropArgv(name: string, network: string, { engine }: Runtime): Argv {
  return [...engineCommand(engine), 'network', 'disconnect', '-f', ...operands(network, name)];
}

/** With the addresses that the container asked for, as far as the network has them. */
export function connectArgv(
  { name, endpoint }: Member,
  network: RuntimeNetwork,
  { engine }: Runtime,
): Argv {
  const { wantedIpv4, wantedIpv6, gwPriority = 0 } = endpoint;
  const options = [
    ...(isServed(wantedIpv4, network) ? ['--ip', wantedIpv4] : []),
    ...(isServed(wantedIpv6, network) ? ['--ip6', wantedIpv6] : []),
    ...(gwPriority === 0 ? [] : ['--gw-priority', gwPriority.toString()]),
  ];
  const command = [...engineCommand(engine), 'network', 'connect'] as const;
  return [...command, ...options, ...operands(network.name, name)];
}

/** Whether the network has a subnet for the address. */
export function isServed(ip: string | undefined, { pools }: RuntimeNetwork): ip is string {
  return ip !== undefined && pools.some(({ subnet }) => contains(subnet, ip));
}
