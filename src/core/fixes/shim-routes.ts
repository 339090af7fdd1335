// Routes that lead to children by a shim: how to add one beside what is there, and how to take it back.
import type { Argv } from '../../model/fix.js';
import type { Route } from '../../model/route.js';
import type { Topology } from '../../model/topology.js';
import { contentOf } from '../derive/topology/content.js';
import { parseCidr } from '../derive/addressing/subnets.js';

export interface RouteChange {
  readonly steps: readonly Argv[];
  readonly undo: readonly Argv[];
}

/** `ip route replace` also takes the place of a route for the very same destination; undo puts that one back. */
export function routesBy(
  shim: string,
  destinations: readonly string[],
  topology: Topology,
): RouteChange {
  const wanted = destinations.map((text) => parseCidr(text)?.text ?? text);
  const replaced = replacedBy({ name: shim, destinations: wanted }, topology);
  return {
    steps: wanted.map((dst): Argv => ['ip', 'route', 'replace', dst, 'dev', shim]),
    undo: wanted.map(
      (dst): Argv =>
        replaced.find((before) => before.dst === dst)?.back ?? [
          ...(['ip', 'route', 'del', dst, 'dev', shim] as const),
        ],
    ),
  };
}

/** A route that stands where one by the shim is to stand. */
export interface Replaced {
  /** The destination, as it was asked for. */
  readonly dst: string;
  /** By which link it leads; none for one that refuses. */
  readonly device: string | undefined;
  /** The command that puts it back. */
  readonly back: Argv;
}

/** Routes for the very same destinations, in table main and of the same metric, by another link. */
export function replacedBy(
  { name, destinations }: { readonly name: string; readonly destinations: readonly string[] },
  topology: Topology,
): Replaced[] {
  const existing = contentOf(topology.host).routes.filter(
    (route) => route.table === 'main' && route.family === 'inet' && (route.metric ?? 0) === 0,
  );
  return destinations.flatMap((dst) => {
    const before = existing.find((route) => parseCidr(route.dst)?.text === dst);
    if (before === undefined || before.dev === name) return [];
    const back: Argv = ['ip', 'route', 'replace', ...target(before, dst), ...hop(before)];
    return [{ dst, device: before.dev, back }];
  });
}

/** A route that refuses (`unreachable`, `prohibit`, `blackhole`) names its type first. */
function target({ type }: Route, dst: string): string[] {
  return type === 'unicast' ? [dst] : [type, dst];
}

function hop(route: Route): string[] {
  return [
    ...(route.gateway === undefined ? [] : ['via', route.gateway]),
    ...(route.dev === undefined ? [] : ['dev', route.dev]),
  ];
}
