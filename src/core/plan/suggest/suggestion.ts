// A network in place of a planned one, whose range nobody was met in: as a command, or as the part of a Compose file.
import { valueOf } from '../../../model/fact.js';
import type { Plan, PlannedNetwork } from '../../../model/plan.js';
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Suggestion } from '../../../model/suggestion.js';
import type { Parent } from '../../../model/topology.js';
import { KEPT_FOR_SHIM } from '../../derive/addressing/free-address.js';
import { contains, ipv4Range } from '../../derive/addressing/subnets.js';
import { hostGatewaysOn } from '../../derive/gateways/host-gateways.js';
import { refusedNetworks } from '../../derive/planned/engine-says.js';
import { activeShims } from '../../derive/verdicts/shim-service.js';
import { groundFor, type Around, type Asked, type Looked } from './ground.js';
import { notesOn } from './notes.js';
import { freeBlock, shimAddress } from './range.js';
import { wording } from './wording.js';

/** One for each planned network, made one after the other: none runs into the one before. */
export function suggestionsOn(plan: Plan, looked: Looked): Suggestion[] {
  const made: string[] = [];
  return plan.networks
    .filter(({ driver }) => driver === 'macvlan')
    .map((network) => {
      const suggestion = suggestionFor(network, { plan, looked, made });
      if (suggestion.ipRange !== undefined) made.push(suggestion.ipRange);
      return suggestion;
    });
}

function suggestionFor(network: PlannedNetwork, around: Around): Suggestion {
  const { topology, snapshot } = around.looked;
  const { name } = network;
  const none = (reason: string): Suggestion => ({ network: name, reason, notes: [] });
  if (network.isExternal) return none(IS_THERE);
  const parent = topology.parents.find(({ networks }) => networks.some((one) => one.name === name));
  const planned = parent?.networks.find((one) => one.name === name);
  if (parent === undefined || planned === undefined) return none(NO_PARENT);
  const [pool, ...further] = planned.pools.filter(({ subnet }) => ipv4Range(subnet) !== undefined);
  if (pool === undefined) return none(NO_SUBNET);

  const asked = groundFor({ pool, parent, network }, around);
  const containers = around.plan.containers.filter(({ endpoints }) =>
    endpoints.some((one) => one.network === name),
  ).length;
  const block = freeBlock(asked.ground, containers, given(network, pool).ipRange);
  if (block === undefined) return none(nothingFree(asked, containers));
  const shim = wantsShim(planned, parent) ? shimAddress(asked.ground, block) : undefined;
  const { auxAddresses } = given(network, pool);
  const suggested = {
    subnet: asked.ground.subnet,
    ...gatewayFor({ network, pool, parent }, around),
    ipRange: block,
    auxAddresses: { ...auxAddresses, ...(shim !== undefined && { [KEPT_FOR_SHIM]: shim }) },
  };
  const better = withRange(planned, { old: pool, pool: suggested, planned: network });
  const said = refusalOf(network, better, around);
  if (said !== undefined) return none(`the engine would refuse it all the same: "${said}"`);
  const engine = valueOf(snapshot.facts.runtime)?.engine;
  return {
    network: name,
    ipRange: block,
    ...(shim !== undefined && { auxAddress: `${KEPT_FOR_SHIM}=${shim}` }),
    ...wording(network, better, engine),
    notes: [
      ...(further.length === 0
        ? []
        : [`It is about ${pool.subnet}, the first of its IPv4 subnets.`]),
      ...notesOn({ block, shim, parent, asked }, around.looked),
    ],
  };
}

const IS_THERE = 'it is there already, and an engine changes nothing of a network that is there';
const NO_PARENT = 'its parent is not on this host';
const NO_SUBNET = 'it has no IPv4 subnet of its own to take a range from';

function nothingFree({ ground }: Asked, containers: number): string {
  const where = ground.asked === undefined ? ground.subnet : ground.asked.join(' and ');
  const what = `no aligned block for ${(containers + 1).toString()} addresses or more`;
  const why = 'devices answer, or other networks and routes of this host have a part of each';
  const told = where === ground.subnet ? '' : '; --sweep asks for the rest of the subnet too';
  return ground.asked?.length === 0
    ? `nothing of ${ground.subnet} could be asked through on the LAN`
    : `${what} of ${where} is free: ${why}${told}`;
}

/** The one that the user wrote: the engine's view of it has the gateway in it that the engine would invent. */
function given(
  { pools }: PlannedNetwork,
  { subnet }: Pick<IpamPool, 'subnet'>,
): PlannedNetwork['pools'][number] {
  return pools.find((one) => one.subnet === subnet) ?? { auxAddresses: {} };
}

/** What the user says; else the router that this host itself uses on the parent. */
function gatewayFor(
  {
    network,
    pool,
    parent,
  }: { readonly network: PlannedNetwork; readonly pool: IpamPool; readonly parent: Parent },
  { looked }: Around,
): Pick<IpamPool, 'gateway'> {
  const {
    gateway = hostGatewaysOn(parent, looked.topology).find((ip) => contains(pool.subnet, ip)),
  } = given(network, pool);
  return gateway === undefined ? {} : { gateway };
}

/** One that works: bridge children are switched to it inside the parent. */
function wantsShim({ mode = 'bridge' }: RuntimeNetwork, parent: Parent): boolean {
  return mode === 'bridge' && !activeShims(parent).some((shim) => shim.mode === 'bridge');
}

/** The other pools as the user wrote them. */
function withRange(
  network: RuntimeNetwork,
  {
    old,
    pool,
    planned,
  }: { readonly old: IpamPool; readonly pool: IpamPool; readonly planned: PlannedNetwork },
): RuntimeNetwork {
  const others = network.pools.filter((one) => one !== old);
  const asGiven = others.map(({ subnet }) => ({ ...given(planned, { subnet }), subnet }));
  return { ...network, pools: [pool, ...asGiven] };
}

function refusalOf(
  network: PlannedNetwork,
  { pools }: RuntimeNetwork,
  { plan, looked }: Around,
): string | undefined {
  const { clientSays: _gone, ...asked } = network;
  const networks = plan.networks.map((one) => (one === network ? { ...asked, pools } : one));
  const refused = refusedNetworks({ ...plan, networks }, looked.before);
  return refused.find((one) => one.network.name === network.name)?.said.says;
}
