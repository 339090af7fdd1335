// Questions for names that would have to pass between a host and its own macvlan children, and whether they do.
import type { CheckContext } from '../../../model/check.js';
import type { Child, Parent } from '../../../model/topology.js';
import { hostGatewayReach } from '../addressing/host-gateway.js';
import { predict } from '../prediction/predict.js';
import { ipv4Of, isOnLink, isProbeable } from '../probing/probe-targets.js';
import { icmp } from '../probing/sends.js';
import { hostReach, reflects, type Reach } from '../verdicts/reach.js';
import { type Asks, childAsks, hostAsks } from './name-servers.js';

/** A child that asks a server on the parent that it sits on. */
export interface AsksHost {
  readonly child: Child;
  readonly parent: Parent;
  readonly server: string;
  /** No other server is asked after this one. */
  readonly isOnly: boolean;
  readonly reach: Reach;
  /** Set where nobody asked and the model knows: its sentence. */
  readonly because?: string;
}

/** A child that is somebody's server, asked from the host's namespace. */
export interface AskedFromHost {
  readonly child: Child;
  readonly parent: Parent;
  readonly server: string;
  /** The host's own programs ask it. */
  readonly isHosts: boolean;
  /** Containers whose engine asks it in their place. */
  readonly containers: readonly Child[];
  readonly isOnly: boolean;
  readonly reach: Reach;
}

/** Whoever asks a server on another subnet does so by a router, and macvlan's wall is not in the way. */
export function askingHost(context: CheckContext): AsksHost[] {
  return context.topology.parents.flatMap((parent) =>
    parent.children
      .filter((child) => isProbeable(child))
      .flatMap((child) => {
        const asks = childAsks(child, context.facts);
        return (asks?.servers ?? [])
          .filter(({ ip, isAskedFromHost }) => !isAskedFromHost && isOnParent(ip, child, parent))
          .map(({ ip }) => ({
            child,
            parent,
            server: ip,
            isOnly: isOnlyServer(ip, asks),
            ...reachOf(child, ip, parent, context),
          }));
      }),
  );
}

function isOnParent(ip: string, child: Child, { addresses }: Parent): boolean {
  return addresses.some(({ local }) => local === ip) && isOnLink(child, ip);
}

function isOnlyServer(ip: string, asks: Asks | undefined): boolean {
  return asks?.isUntold === false && asks.servers.every((server) => server.ip === ip);
}

/** By what was seen; and where that very address was not asked for, by what the model knows of this parent. */
function reachOf(
  child: Child,
  ip: string,
  parent: Parent,
  context: CheckContext,
): Pick<AsksHost, 'reach' | 'because'> {
  const reach = hostGatewayReach(child, ip, context);
  if (reach !== 'unknown') return { reach };
  const { topology, facts } = context;
  const step = { probe: 'child-host-icmp', parent: parent.name, target: ip, send: icmp(child) };
  const around = { topology, facts, reflects: reflects(parent, context) };
  const { outcome, because } = predict({ ...step, probe: 'child-host-icmp' }, around);
  if (outcome === 'either') return { reach };
  return { reach: outcome === 'answer' ? 'answered' : 'silent', because };
}

/** Children of this host that are asked for names from the host's own namespace. */
export function askedFromHost(context: CheckContext): AskedFromHost[] {
  const { topology, facts } = context;
  const own = hostAsks(topology, facts);
  const children = topology.parents.flatMap((parent) => parent.children);
  const others = children.map((child) => ({ child, asks: childAsks(child, facts) }));
  return topology.parents.flatMap((parent) =>
    parent.children
      .filter((child) => isProbeable(child))
      .flatMap((child): AskedFromHost[] => {
        const server = ipv4Of(child).find(
          (ip) =>
            own.servers.some((one) => one.ip === ip) ||
            others.some(({ asks }) => isAskedBy(asks, ip)),
        );
        if (server === undefined) return [];
        const isHosts = own.servers.some(({ ip }) => ip === server);
        const askers = others.filter(({ asks }) => isAskedBy(asks, server));
        const all = [...(isHosts ? [own] : []), ...askers.map(({ asks }) => asks)];
        return [
          {
            child,
            parent,
            server,
            isHosts,
            containers: askers.map((one) => one.child),
            isOnly: all.some((asks) => isOnlyServer(server, asks)),
            reach: hostReach(child, context),
          },
        ];
      }),
  );
}

function isAskedBy(asks: Asks | undefined, server: string): boolean {
  return asks?.servers.some(({ ip, isAskedFromHost }) => isAskedFromHost && ip === server) === true;
}

/** Children whose engine does not tell whom it asks, while the host's own server stands on their parent. */
export function askingUntold({
  topology,
  facts,
}: CheckContext): { readonly child: Child; readonly server: string }[] {
  const own = hostAsks(topology, facts);
  return topology.parents.flatMap((parent) =>
    parent.children
      .filter((child) => isProbeable(child) && childAsks(child, facts)?.isUntold === true)
      .flatMap((child) => {
        const server = own.servers.find(({ ip }) => isOnParent(ip, child, parent))?.ip;
        return server === undefined ? [] : [{ child, server }];
      }),
  );
}
