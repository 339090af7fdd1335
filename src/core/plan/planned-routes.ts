// The routes that an engine would give a planned container: to its own subnets, and one way out, by the network that it chooses.
import type { Route } from '../../model/route.js';
import type { Engine, RuntimeEndpoint } from '../../model/runtime-network.js';
import { networkOf } from '../derive/addressing/subnets.js';
import { byChoice } from '../derive/engine-traffic/gateway-choice.js';
import type { PlacedEndpoint } from './place-containers.js';

/** A planned container's place on a network, by the link that it would have there. */
interface NamedEnd {
  readonly endpoint: PlacedEndpoint;
  readonly ifname: string;
}

export function connected({ ipv4, prefixlen }: PlacedEndpoint, dev: string): Route[] {
  if (ipv4 === undefined || prefixlen === undefined) return [];
  const about = { type: 'unicast', table: 'main', protocol: 'kernel', scope: 'link', flags: [] };
  const dst = networkOf(ipv4, prefixlen);
  return [{ family: 'inet', ...about, dst, dev, prefsrc: ipv4 }];
}

/** One for the whole namespace; Podman gives one for each network. Of a bridge whose pool is not known the gateway is not. */
export function defaultRoutes(ends: readonly NamedEnd[], engine: Engine): Route[] {
  const plugs = ends.map(({ endpoint, ifname }) => ({
    endpoint: endpointOf(endpoint),
    network: endpoint.network,
    gateway: endpoint.gateway,
    rank: endpoint.asked.rank,
    ifname,
  }));
  const ways = byChoice(plugs, engine).filter(
    ({ gateway, network }) => gateway !== undefined || network.driver === 'bridge',
  );
  const about = { type: 'unicast', table: 'main', protocol: 'boot', scope: 'global', flags: [] };
  return ways
    .slice(0, engine.flavour === 'podman' ? ways.length : 1)
    .map(({ gateway, ifname }) => ({
      family: 'inet',
      ...about,
      dst: 'default',
      ...(gateway !== undefined && { gateway }),
      dev: ifname,
    }));
}

function endpointOf({ asked, network }: PlacedEndpoint): RuntimeEndpoint {
  const { gwPriority } = asked;
  return {
    networkId: network.id,
    networkName: network.name,
    ...(gwPriority !== undefined && { gwPriority }),
  };
}
