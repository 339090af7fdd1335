// A container on the LAN itself whose published ports nobody answers for.
import { defineCheck } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import { isOnLan, pluggedContainers, type Plugged } from '../derive/engine-traffic/plugged.js';
import {
  bridgesOf,
  firstOnLan,
  networkInWords,
  NO_CURE,
  portsInWords,
  publishingOf,
  socketsOf,
  unknownPublishing,
} from '../derive/engine-traffic/published.js';
import { containerSubject, networkSubject } from '../derive/wording/subjects.js';
import { groupBy, listOf } from '../derive/wording/victims.js';

interface Nowhere {
  readonly network: string;
  readonly driver: string;
  readonly containers: readonly { readonly name: string; readonly ports: string }[];
  /** Where their own addresses are known: `192.0.2.64:80`. */
  readonly instead: readonly string[];
}

interface Elsewhere {
  readonly container: string;
  readonly ports: string;
  readonly lan: string;
  readonly bridge: string;
  readonly instead: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'published-ports-ignored',
    category: 'runtime',
    severity: 'warn',
    title: {
      pass: 'Published ports lead to their containers',
      found: 'Published ports have no effect on macvlan',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `-p and ports: make the host listen on a port and pass on what arrives, by NAT, to the container's address on a bridge network. A container on macvlan or ipvlan has an address of the LAN and no NAT in front of it. The engine takes -p all the same, notes "macvlan driver does not support port mappings" in its log, and does nothing: the port is refused on the host's address, and docker ps shows it without 0.0.0.0.

What works is the container's own address with the port that the program listens on inside: nothing needs publishing, every port is open to the LAN. Another number outside than inside is not to be had; let the program listen on it.

With a second, bridge network the ports are mapped there, on one condition: Docker maps ports on that network alone which gives the container its default route. Where macvlan gives it, the ports are dead although a bridge network is there. From the host the container's address on the bridge network works in either case, without publishing. Machines of the macvlan network's own subnet get nothing from the host's port in either case: the container answers them by its own link to that subnet, past the NAT.

What does not help: --publish-all; a DNAT rule on the host towards the container, which ends at the same wall, since a host does not reach its own macvlan children; opening the port in the host's firewall, which such traffic never passes.`,
      references: [
        'Docker documentation: Macvlan network driver',
        'moby: drivers/macvlan/macvlan_endpoint.go; libnetwork, sbJoin (external connectivity)',
      ],
    },
  },
  messages: {
    nowhere: ({ network, driver, containers, instead }: Nowhere) => ({
      what: `Published ports have no effect on ${network} (${driver}): ${listOf(containers.map(({ name, ports }) => `${name} (${ports})`))}.`,
      why: 'The containers have addresses of the LAN, and the engine puts no NAT in front of those: nobody listens on the address of this host.',
      todo: `Use the address of the container and the port inside${instead.length === 0 ? '' : `: ${listOf(instead)}`}.`,
    }),
    elsewhere: ({ container, ports, lan, bridge, instead }: Elsewhere) => ({
      what: `Published ports of ${container} (${ports}) have no effect, although ${bridge} is a bridge network.`,
      why: `Docker maps ports on the network that gives the container its default route, and that is ${lan}.`,
      todo: `Use the address of the container and the port inside${instead.length === 0 ? '' : `: ${listOf(instead)}`}; this host reaches it by ${bridge}.`,
    }),
  },
  evaluate(_facts, context) {
    const all = pluggedContainers(context);
    if (all.length === 0)
      return { notApplicable: 'no container is on a macvlan or ipvlan network' };
    const judged = all.map((one) => ({ one, publishing: publishingOf(one, context) }));
    const those = (wanted: string): Plugged[] =>
      judged.filter(({ publishing }) => publishing === wanted).map(({ one }) => one);
    const nowhere = groupBy(those('nowhere'), (one) => firstOnLan(one)?.id ?? '');
    return {
      findings: [
        ...nowhere.map(([, group]) => reportNowhere(group)),
        ...those('elsewhere').map((one) => reportElsewhere(one)),
      ],
      undetermined: unknownPublishing(those('unknown'), context),
    };
  },
});

function reportNowhere(group: readonly Plugged[]) {
  const [first] = group;
  const network = first === undefined ? undefined : firstOnLan(first);
  const { name = '', driver = '' } = network ?? {};
  const containers = group.map(({ container }) => ({
    name: container.name,
    ports: portsInWords(container),
  }));
  return {
    code: 'nowhere' as const,
    subject:
      group.length === 1 && first !== undefined
        ? containerSubject(first.container)
        : networkSubject({ name }),
    within: [...(network === undefined ? [] : [networkSubject(network)]), HOST],
    data: { network: name, driver, containers, instead: group.flatMap((one) => insteadOf(one)) },
    evidence: group.slice(0, 3).map(({ container, plugs }) => ({
      from: 'runtime',
      says: `${container.name} (${container.state}) asks for ${portsInWords(container)}; its networks: ${listOf(plugs.map((plug) => networkInWords(plug)))}`,
    })),
    advice: [
      'Where the number outside is to be another one than inside, let the program itself listen on it.',
      `Where the port is to be on the address of this host, the container has to get its default route from a bridge network; the LAN's other subnets are then answered by NAT.`,
      NO_CURE,
    ],
  };
}

function reportElsewhere({ container, plugs }: Plugged) {
  const [lan, bridge] = [plugs.find((plug) => isOnLan(plug)), bridgesOf(plugs)[0]];
  const names = { lan: lan?.network.name ?? '', bridge: bridge?.network.name ?? '' };
  return {
    code: 'elsewhere' as const,
    subject: containerSubject(container),
    within: [...plugs.map(({ network }) => networkSubject(network)), HOST],
    data: {
      container: container.name,
      ports: portsInWords(container),
      ...names,
      instead: bridge === undefined ? [] : socketsOf(container, bridge),
    },
    evidence: [
      {
        from: 'routes',
        says: `the default route of ${container.name} leaves by ${names.lan}, and by none of ${listOf(bridgesOf(plugs).map(({ network }) => network.name))}`,
      },
      { from: 'runtime', says: `${container.name} asks for ${portsInWords(container)}` },
    ],
    advice: [
      `With the default route by ${names.bridge} the ports work (gw-priority, since Docker 28; before, the network whose name sorts first has it), and machines of other subnets are then answered by the NAT of this host: it is one or the other.`,
      NO_CURE,
    ],
  };
}

function insteadOf({ container, plugs }: Plugged): string[] {
  return plugs.filter((plug) => isOnLan(plug)).flatMap((plug) => socketsOf(container, plug));
}
