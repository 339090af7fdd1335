// Leads what a child sends to some neighbours out by the link that their packets come in by.
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix, type Argv } from '../../model/fix.js';
import { findChild, unreachable } from './find-ends.js';

export interface AddChildRoute {
  readonly child: string;
  /** Addresses of neighbours on the child's LAN. */
  readonly destinations: readonly string[];
}

export default defineFix<AddChildRoute>({
  meta: { id: 'add-child-route', title: 'Answer by the link that was asked', risk: 'safe' },
  plan({ child: name, destinations }, { topology }) {
    const child = findChild(topology, name);
    const ip = child && enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name);
    const link = child.link.ifname;
    const routeBy = (verb: 'add' | 'del'): Argv[] =>
      destinations.map((dst): Argv => [...ip, 'route', verb, `${dst}/32`, 'dev', link]);
    return {
      steps: routeBy('add'),
      undo: routeBy('del'),
      persist: [],
      notes: [
        child.container === undefined
          ? 'What set the link up has to set the route as well, to keep it.'
          : `It is gone when ${child.label} restarts.`,
      ],
    };
  },
});
