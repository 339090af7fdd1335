// By which rule Docker chooses the network that gives a container its default route (libnetwork: Endpoint.Less, epHeap).
import type { Engine, RuntimeNetwork } from '../../../model/runtime-network.js';
import { compareNetworks } from '../engine-networks/by-name.js';
import { dockerMajor, HAS_GW_PRIORITY, INVENTS_NO_GATEWAY } from './docker-version.js';
import { isOnLan, type Plug } from './plugged.js';

/** Why the first is chosen over the second, to follow its name; undefined where the rule does not tell. */
export function reasonFor(first: Plug, second: Plug, engine: Engine): string | undefined {
  const major = dockerMajor(engine);
  if (major === undefined || compare(first, second, major) >= 0) return undefined;
  const priority = priorityOf(first, major);
  if (priority !== priorityOf(second, major)) return `has the gw-priority ${priority.toString()}`;
  return isDualStack(first) === isDualStack(second)
    ? 'comes first by name'
    : 'has IPv6 as well, which Docker prefers';
}

/** A macvlan network without a gateway gets one, which may be nobody; so it is taken of an engine that nobody knows. */
export function inventsGateways(engine: Engine): boolean {
  return (dockerMajor(engine) ?? 0) < INVENTS_NO_GATEWAY;
}

/** Bridge networks always have one; on a LAN it is the user's, and before Docker 29 an invented one. */
export function hasGateway(network: RuntimeNetwork, major: number | undefined): boolean {
  if (network.isInternal) return false;
  if (!isOnLan({ network })) return network.driver === 'bridge';
  const isInvented = major !== undefined && major < INVENTS_NO_GATEWAY;
  return isInvented || network.pools.some(({ gateway }) => gateway !== undefined);
}

/** `rank` is the place of the network's real name among the container's, where it has a stand-in. */
export interface Ranked extends Plug {
  readonly rank?: number | undefined;
}

/** Those that would give a container its default route, the one that does first; Podman's all do, by the same metric. */
export function byChoice<P extends Ranked>(plugs: readonly P[], engine: Engine): P[] {
  const major = dockerMajor(engine) ?? HAS_GW_PRIORITY;
  const byName = (a: P, b: P): number =>
    a.rank === undefined || b.rank === undefined
      ? compareNetworks(a.network, b.network)
      : a.rank - b.rank;
  return plugs
    .filter(({ network }) => hasGateway(network, major))
    .toSorted((a, b) => compareMerits(a, b, major) || byName(a, b));
}

function compare(a: Plug, b: Plug, major: number): number {
  return compareMerits(a, b, major) || compareNetworks(a.network, b.network);
}

function compareMerits(a: Plug, b: Plug, major: number): number {
  return (
    priorityOf(b, major) - priorityOf(a, major) || Number(isDualStack(b)) - Number(isDualStack(a))
  );
}

function priorityOf({ endpoint }: Plug, major: number): number {
  return major < HAS_GW_PRIORITY ? 0 : (endpoint.gwPriority ?? 0);
}

function isDualStack({ network }: Plug): boolean {
  return network.hasIpv6 ?? network.pools.some(({ subnet }) => subnet.includes(':'));
}

/** Made without a gateway by an engine that invents none; an internal network has no route on purpose. */
export function givesNoRoute(network: RuntimeNetwork, engine: Engine): boolean {
  const major = dockerMajor(engine);
  const hasIpv4Pool = network.pools.some(({ subnet }) => !subnet.includes(':'));
  return (
    hasIpv4Pool &&
    !network.isInternal &&
    major !== undefined &&
    major >= INVENTS_NO_GATEWAY &&
    network.pools.every(({ subnet, gateway }) => subnet.includes(':') || gateway === undefined)
  );
}

/** A hint by version; what counts is the route. Undefined where the version explains nothing. */
export function whyNoRoute(network: RuntimeNetwork, engine: Engine): string | undefined {
  if (givesNoRoute(network, engine)) {
    return `Docker ${engine.serverVersion} gives a default route only where --gateway was given; up to 28 it invented one.`;
  }
  const [gateway] = network.pools.flatMap((pool) => pool.gateway ?? []);
  const isDocker = engine.flavour === 'docker';
  return gateway === undefined || network.isInternal || !isDocker
    ? undefined
    : `The network ${network.name} has the gateway ${gateway}: the route was there, and was lost since the container started.`;
}
