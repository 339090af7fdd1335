// What is said of containers that leave by another network than the LAN: the way, and what their engine has against it.
import { HOST } from '../../../model/finding.js';
import type { Engine } from '../../../model/runtime-network.js';
import { containerSubject, networkSubject } from '../wording/subjects.js';
import { listOf } from '../wording/victims.js';
import { dockerMajor, HAS_GW_PRIORITY } from './docker-version.js';
import type { Astray, Leaving } from './leaving.js';

/** Of the network that should give the default route, and of the one that does. */
export interface Names {
  readonly lan: string;
  readonly other: string;
}

/** Popular, and wrong. */
export const NO_CURE =
  'priority in a compose file is the order of connecting, not this; a name that sorts first lasts until the next network; a route added inside the container is gone at its next start.';

/** What the engine has for it, by its kind and version. */
export function cures({ lan, other }: Names, engine: Engine): string[] {
  const major = dockerMajor(engine);
  if (engine.flavour === 'podman') {
    return [
      `Make ${lan} anew with the option metric=50 (lower wins; the others have 100), or ${other} with no_default_route=1.`,
    ];
  }
  return major !== undefined && major >= HAS_GW_PRIORITY
    ? [`In a compose file: gw_priority: 1 under ${lan} of the service (Compose 2.33.1 and later).`]
    : [
        `${major === undefined ? 'Before Docker 28 there is' : `Docker ${engine.serverVersion} knows`} no gw-priority: with Docker 28, connect ${lan} with it. Until then ${other} made anew with --internal leaves the default route to ${lan}, where it is there for containers to talk to each other and nothing is published on it.`,
      ];
}

/** The price of the cure: ports are mapped on the network that gives the default route, and on no other. */
export function portsAdvice(group: readonly Astray[], { lan, other }: Names): string[] {
  const published = group.filter(({ container }) => (container.published ?? []).length > 0);
  return published.length === 0
    ? []
    : [
        `${listOf(published.map(({ container }) => container.name))} ${published.length === 1 ? 'publishes' : 'publish'} ports by ${other} now; with the default route by ${lan} these ports end. It is one or the other.`,
      ];
}

function routeInWords({ gateway, dev, metric, plug: { network } }: Leaving): string {
  const by = gateway === undefined ? '' : ` via ${gateway}`;
  return `default${by} dev ${dev} metric ${metric.toString()}, which is ${network.name} (${network.driver})`;
}

/** Several containers with one cause are about the network that all of them are on. */
export function aboutAstray(group: readonly Astray[], { lan, ways }: Astray) {
  const [only] = group;
  return {
    subject:
      group.length === 1 && only !== undefined
        ? containerSubject(only.container)
        : networkSubject(lan.network),
    within: [
      ...[lan, ...ways.map(({ plug }) => plug)].map(({ network }) => networkSubject(network)),
      HOST,
    ],
    evidence: group.slice(0, 3).map(({ container, ways: taken }) => ({
      from: 'routes',
      says: `${container.name}: ${listOf(taken.map((way) => routeInWords(way)))}`,
    })),
  };
}
