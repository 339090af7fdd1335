// Gives a child a default route, in place of one that leads nowhere when it has one.
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix } from '../../model/fix.js';
import type { Child } from '../../model/topology.js';
import { keepNote } from './engine/lasting.js';
import { findChild, unreachable } from './find-ends.js';

export interface AddDefaultRoute {
  readonly child: string;
  readonly gateway: string;
}

export default defineFix<AddDefaultRoute>({
  meta: { id: 'add-default-route', title: 'Give the child a default route', risk: 'safe' },
  plan({ child: name, gateway }, { topology }) {
    const child = findChild(topology, name);
    const ip = child === undefined ? undefined : enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name, child);
    const by = (hop: string) => ['default', 'via', hop, 'dev', child.link.ifname] as const;
    const before = child.gateways[0];
    // What it asked the old one for in vain stays in its table for long, and looks like a fault.
    const forget =
      before === undefined || before === gateway
        ? []
        : [[...ip, 'neigh', 'flush', 'to', before, 'dev', child.link.ifname] as const];
    return {
      steps: [[...ip, 'route', 'replace', ...by(gateway)], ...forget],
      undo: [
        before === undefined
          ? [...ip, 'route', ...putBack(child, by(gateway))]
          : [...ip, 'route', 'replace', ...by(before), 'onlink'],
      ],
      persist: [],
      notes: [
        keepNote(
          child,
          'This lasts until the link is made anew; set the gateway where the link is configured.',
        ),
      ],
    };
  },
});

/** `route replace` takes the place of a default route by another link, too, where that has no metric. */
function putBack({ allRoutes }: Child, ours: readonly string[]): readonly string[] {
  const other = allRoutes.find(
    ({ family, type, table, dst, metric = 0 }) =>
      family === 'inet' &&
      type === 'unicast' &&
      table === 'main' &&
      dst === 'default' &&
      metric === 0,
  );
  if (other?.dev === undefined) return ['del', ...ours];
  const via = other.gateway === undefined ? [] : ['via', other.gateway];
  return ['replace', 'default', ...via, 'dev', other.dev];
}
