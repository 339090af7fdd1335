// Whom a host and its children really ask for names, and out of which namespace the question leaves.
import { valueOf } from '../../../model/fact.js';
import type { Resolvers, UpstreamServer } from '../../../model/resolver.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Child, Topology } from '../../../model/topology.js';
import { contains, isIpv4 } from '../addressing/subnets.js';

/** Docker's embedded resolver, in every container on a network that a user made. */
const EMBEDDED = '127.0.0.11';

/** Servers of one asker, in their order. */
export interface Asks {
  readonly servers: readonly UpstreamServer[];
  /** The engine asks on behalf of the container, and does not tell whom. */
  readonly isUntold: boolean;
}

/** Loopback servers hand on to others, who are told beside them where they are known (systemd-resolved). */
export function hostAsks({ host }: Pick<Topology, 'host'>, facts: Facts): Asks {
  const { nameservers = [], upstream = [] } = resolversOf(host.inode, facts) ?? {};
  const servers = [...nameservers, ...upstream.map(({ ip }) => ip)]
    .filter((ip) => !isLoopback(ip))
    .map((ip) => ({ ip, isAskedFromHost: true }));
  return { servers: unique(servers), isUntold: false };
}

/**
 * What the child's resolv.conf names. Docker's resolver stands there for servers that a comment tells of, since Docker 26;
 * of an older engine only those of `--dns` are known. Undefined where nothing was to be read.
 */
export function childAsks({ netns, container }: Child, facts: Facts): Asks | undefined {
  const resolvers = resolversOf(netns.inode, facts);
  const wanted = (container?.dns ?? []).map((ip) => ({ ip, isAskedFromHost: false }));
  if (resolvers === undefined) {
    return wanted.length === 0 ? undefined : { servers: wanted, isUntold: false };
  }
  const direct = resolvers.nameservers
    .filter((ip) => ip !== EMBEDDED)
    .map((ip) => ({ ip, isAskedFromHost: false }));
  const isEmbedded = direct.length < resolvers.nameservers.length;
  const behind = isEmbedded ? (resolvers.upstream ?? wanted) : [];
  return {
    servers: unique([...direct, ...behind]),
    isUntold: isEmbedded && resolvers.upstream === undefined && wanted.length === 0,
  };
}

function resolversOf(inode: number, facts: Facts): Resolvers | undefined {
  return valueOf(facts.resolvers)?.[inode.toString()];
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || (isIpv4(ip) && contains('127.0.0.0/8', ip));
}

function unique(servers: readonly UpstreamServer[]): UpstreamServer[] {
  const keys = servers.map(({ ip, isAskedFromHost }) => `${ip} ${String(isAskedFromHost)}`);
  return servers.filter((_, at) => keys.indexOf(keys[at] ?? '') === at);
}
