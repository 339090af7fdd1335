// Ports that a user asked to be published: whether anybody answers for them on the host, and how they are written.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import { HOST, type Undecided } from '../../../model/finding.js';
import type {
  PublishedPort,
  RuntimeContainer,
  RuntimeNetwork,
} from '../../../model/runtime-network.js';
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

/** The engine's own reason where it did not tell; what else is missing is a look into the namespace. */
export function unknownPublishing(
  open: readonly Plugged[],
  { facts }: CheckContext,
): readonly Undecided[] {
  if (open.length === 0) return [];
  const isUntold = open.some(({ container }) => container.published === undefined);
  const gaps = valueOf(facts.runtime)?.gaps ?? [];
  const untold = gaps.length === 0 ? 'the engine did not tell' : gaps.join('; ');
  const names = listOf(open.map(({ container }) => container.name));
  const reason = `whether ports of ${names} are published in vain was not to be seen: ${isUntold ? untold : 'run as root'}`;
  return [{ subject: HOST, reason }];
}

/** The network by which it is on a LAN. */
export function firstOnLan({ plugs }: Plugged): RuntimeNetwork | undefined {
  return plugs.find((plug) => isOnLan(plug))?.network;
}

/** `lan (macvlan)`. */
export function networkInWords({ network: { name, driver, isInternal } }: Plug): string {
  return `${name} (${driver}${isInternal ? ', internal' : ''})`;
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

/** Popular, and wrong. */
export const NO_CURE =
  '--publish-all, DNAT rules on this host and openings in its firewall change nothing: this host does not reach its own macvlan children, and their traffic does not pass it.';

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
