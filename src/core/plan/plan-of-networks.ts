// Networks that are there already, as a plan: nothing is made, and the question is what the next containers would get.
import type { Plan, PlannedNetwork, Words } from '../../model/plan.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { containersOn, type RunFlags } from './planned-containers.js';
import { poolWith } from '../derive/engine-networks/pool-addresses.js';

/** Each address is asked for on the network whose subnet it is of; one of nobody's on the first, whose answer is the engine's. */
export function planOfNetworks(
  networks: readonly RuntimeNetwork[],
  { ips, newMac }: RunFlags,
): Plan {
  const home = (ip: string): RuntimeNetwork | undefined =>
    networks.find(({ pools }) => poolWith(pools, ip) !== undefined) ?? networks[0];
  return {
    reader: 'flags',
    networks: networks.map((network) => plannedOf(network)),
    containers: networks.flatMap((network) =>
      containersOn(network.name, { ips: ips.filter((ip) => home(ip) === network), newMac }),
    ),
    notes: [],
  };
}

const WORDS: Words = { path: '--network' };

function plannedOf(network: RuntimeNetwork): PlannedNetwork {
  const { name, driver, parent, mode, isInternal, hasIpv6 = false, isAttachable = false } = network;
  return {
    name,
    driver,
    isExternal: true,
    isInternal,
    hasIpv6,
    isAttachable,
    options: {
      ...(parent !== undefined && { parent }),
      ...(mode !== undefined && { [`${driver}_mode`]: mode }),
    },
    pools: network.pools.map(({ subnet, gateway, ipRange, auxAddresses }) => ({
      subnet,
      ...(gateway !== undefined && { gateway }),
      ...(ipRange !== undefined && { ipRange }),
      auxAddresses,
    })),
    words: WORDS,
    parts: {},
  };
}
