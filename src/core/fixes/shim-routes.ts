// Routes that lead to children by a shim: how to add one beside what is there, and how to take it back.
import type { Argv } from '../../model/fix.js';
import type { Route } from '../../model/route.js';
import type { Topology } from '../../model/topology.js';
import { contentOf } from '../derive/content.js';
import { parseCidr } from '../derive/subnets.js';

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
  const existing = contentOf(topology.host).routes.filter(
    (route) => route.table === 'main' && route.family === 'inet' && (route.metric ?? 0) === 0,
  );
  return {
    steps: wanted.map((dst): Argv => ['ip', 'route', 'replace', dst, 'dev', shim]),
    undo: wanted.map((dst): Argv => {
      const before = existing.find((route) => parseCidr(route.dst)?.text === dst);
      return before === undefined || before.dev === shim
        ? ['ip', 'route', 'del', dst, 'dev', shim]
        : ['ip', 'route', 'replace', ...target(before, dst), ...hop(before)];
    }),
  };
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
