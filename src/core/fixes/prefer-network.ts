// Lets one of a container's networks give it the default route, for engines that know priorities.
import { valueOf } from '../../model/fact.js';
import { defineFix } from '../../model/fix.js';
import {
  connectArgv,
  disconnectArgv,
  type Member,
  membersOf,
} from '../derive/engine-networks/members.js';
import { dockerMajor, HAS_GW_PRIORITY } from '../derive/engine-traffic/docker-version.js';

export interface PreferNetwork {
  readonly container: string;
  /** The network's id. */
  readonly network: string;
}

export default defineFix<PreferNetwork>({
  meta: {
    id: 'prefer-network',
    title: 'Let this network give the container its default route',
    risk: 'disruptive',
  },
  plan({ container, network: id }, { facts }) {
    const runtime = valueOf(facts.runtime);
    const network = runtime?.networks.find((one) => one.id === id);
    const member =
      network && runtime && membersOf(network, runtime).find(({ name }) => name === container);
    if (runtime === undefined || network === undefined || member === undefined) {
      return { impossible: `The engine tells of no ${container} on that network.` };
    }
    const major = dockerMajor(runtime.engine) ?? 0;
    if (major < HAS_GW_PRIORITY) {
      return { impossible: `Docker ${runtime.engine.serverVersion} knows no gw-priority.` };
    }
    const all = runtime.containers.find(({ name }) => name === container)?.endpoints ?? [];
    const highest = Math.max(...all.map(({ gwPriority = 0 }) => gwPriority));
    const leave = disconnectArgv(member, network.name, runtime);
    // Without its address a container is given another one, whoever knows it by that.
    const keeping = withAddress(member);
    return {
      steps: [leave, connectArgv(withPriority(keeping, highest + 1), network, runtime)],
      undo: [leave, connectArgv(keeping, network, runtime)],
      persist: [],
      notes: [
        `Connections of ${container} by ${network.name} are cut for a moment. Its aliases there, and a MAC that was fixed, have to be given again (--alias, --mac-address).`,
      ],
    };
  },
});

function withAddress(member: Member): Member {
  const { ipv4, wantedIpv4 = ipv4 } = member.endpoint;
  return {
    ...member,
    endpoint: { ...member.endpoint, ...(wantedIpv4 !== undefined && { wantedIpv4 }) },
  };
}

function withPriority(member: Member, gwPriority: number): Member {
  return { ...member, endpoint: { ...member.endpoint, gwPriority } };
}
