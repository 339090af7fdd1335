// Ports that a user asked to be published: whether anybody answers for them on the host, and how they are written.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { PublishedPort, RuntimeContainer } from '../../../model/runtime-network.js';
import { counted } from '../wording/words.js';
import { listOf } from '../wording/victims.js';
import { defaultWays } from './default-way.js';
import { homesOf, isOnLan, isRunning, type Plug, type Plugged } from './plugged.js';

/**
 * `nowhere`: all its networks are on a LAN, where there is no NAT, or internal. `elsewhere`: a bridge network could carry
 * them, and is not the one that has the container's default route; Docker maps ports on that one alone (libnetwork, sbJoin).
 */
export type Publishing = 'works' | 'nowhere' | 'elsewhere' | 'unknown';

export function publishingOf({ container, plugs }: Plugged, context: CheckContext): Publishing {
  if (container.published === undefined) return 'unknown';
  if (container.published.length === 0 || !plugs.some((plug) => isOnLan(plug))) return 'works';
  const isDocker = valueOf(context.facts.runtime)?.engine.flavour === 'docker';
  if (plugs.every((plug) => isOnLan(plug) || (isDocker && plug.network.isInternal))) {
    return 'nowhere';
  }
  if (!isDocker || !isRunning(container) || bridgesOf(plugs).length === 0) return 'works';
  const homes = homesOf(container, context);
  if (homes.length === 0) return 'unknown';
  const ways = homes.flatMap((netns) => defaultWays(netns, plugs));
  const isByLan = ways.length > 0 && ways.every(({ plug }) => plug !== undefined && isOnLan(plug));
  return isByLan ? 'elsewhere' : 'works';
}

/** Networks of a container that ports can be mapped on. */
export function bridgesOf(plugs: readonly Plug[]): Plug[] {
  return plugs.filter(({ network }) => network.driver === 'bridge' && !network.isInternal);
}

/** Where the program itself is met: `192.0.2.64:80`. UDP is said, TCP goes without saying. */
export function socketsOf(
  { published = [] }: RuntimeContainer,
  { endpoint: { ipv4 } }: Plug,
): string[] {
  if (ipv4 === undefined) return [];
  const ports = published.map(
    ({ port, protocol }) => `${port.toString()}${protocol === 'tcp' ? '' : `/${protocol}`}`,
  );
  return [...new Set(ports)].slice(0, MOST_PORTS).map((port) => `${ipv4}:${port}`);
}

/** Ports shown of one container. */
const MOST_PORTS = 4;

/** `8080→80/tcp and 127.0.0.1:53→53/udp`. */
export function portsInWords({ published = [] }: RuntimeContainer): string {
  const texts = published.map((port) => portInWords(port));
  const rest = texts.length - MOST_PORTS;
  return rest > 1
    ? `${texts.slice(0, MOST_PORTS).join(', ')} and ${counted(rest, 'port')} more`
    : listOf(texts);
}

function portInWords({ port, protocol, hostIp, hostPort }: PublishedPort): string {
  const inside = `${port.toString()}/${protocol}`;
  const outside = [hostIp ?? [], hostPort?.toString() ?? []].flat().join(':');
  return outside === '' ? inside : `${outside}→${inside}`;
}
