// What if: the planned networks and containers laid over this host's facts, as if they had been made already.
import { known, valueOf } from '../../model/fact.js';
import type { Link } from '../../model/link.js';
import type { FdbEntry } from '../../model/neighbour.js';
import type { Netns } from '../../model/netns.js';
import type { Plan } from '../../model/plan.js';
import type { Facts } from '../../model/snapshot.js';
import { refusedNetworks } from '../derive/planned/engine-says.js';
import { placeContainers } from './place-containers.js';
import { containerOf, plannedRuntime } from './planned-runtime.js';
import { plannedNetns } from './planned-netns.js';
import { vlansOf } from './planned-vlan.js';

/** The facts as they would be; the same ones where nothing is planned. Pure, so that saved facts can be asked again. */
export function withPlan(facts: Facts): Facts {
  const plan = valueOf(facts.plan);
  if (plan === undefined) return facts;
  const runtime = plannedRuntime(facts, plan);
  const placed = placeContainers(
    withoutRefused(plan, { ...facts, runtime: known(runtime) }),
    runtime,
  );
  const containers = [...runtime.containers, ...placed.map((one) => containerOf(one))];
  const withNames = { ...facts, runtime: known({ ...runtime, containers }) };
  const namespaces = valueOf(facts.namespaces);
  if (namespaces === undefined) return withNames;

  const there = namespaces.map((netns) => (netns.isHost ? withVlans(netns, facts) : netns));
  const links = hostLinksIn(there);
  const started = placed.filter(({ starts }) => starts);
  const planned = started.map((one, index) =>
    plannedNetns(one, -1 - index, { links, engine: runtime.engine }),
  );
  return {
    ...withNames,
    namespaces: known([...there, ...planned]),
    ...(facts.fdb.state === 'known' && {
      fdb: known([...facts.fdb.value, ...filterFor(planned, links)]),
    }),
  };
}

/** A container that wants a network which is not made does not start; it is on none of its others either. */
function withoutRefused(plan: Plan, facts: Facts): Plan {
  const refused = new Set(refusedNetworks(plan, facts).map(({ network }) => network.name));
  return {
    ...plan,
    containers: plan.containers.filter(({ endpoints }) =>
      endpoints.every(({ network }) => !refused.has(network)),
    ),
  };
}

function hostLinksIn(namespaces: readonly Netns[]): readonly Link[] {
  const host = namespaces.find(({ isHost }) => isHost);
  return (host && valueOf(host.content)?.links) ?? [];
}

/** Engines make the VLAN link that a parent's name asks for. */
function withVlans(host: Netns, facts: Facts): Netns {
  const content = valueOf(host.content);
  const plan = valueOf(facts.plan);
  if (content === undefined || plan === undefined) return host;
  const vlans = vlansOf(plan, content.links);
  return { ...host, content: known({ ...content, links: [...content.links, ...vlans] }) };
}

/** The kernel puts each child's MAC into its parent's receive filter (drivers/net/macvlan.c, macvlan_open). */
function filterFor(planned: readonly Netns[], hostLinks: readonly Link[]): FdbEntry[] {
  return planned
    .flatMap((netns) => valueOf(netns.content)?.links ?? [])
    .flatMap(({ address, link_index }) => {
      const parent = hostLinks.find(({ ifindex }) => ifindex === link_index);
      if (address === undefined || parent === undefined) return [];
      return [{ mac: address, ifname: parent.ifname, flags: ['self'], state: 'permanent' }];
    });
}
