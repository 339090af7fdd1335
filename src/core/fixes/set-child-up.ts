// Brings a child's link up and gives it back the default route that the kernel dropped when it went down.
import { enterArgv } from '../derive/topology/enter.js';
import { hasWayOut, knownGateway, type KnownGateway } from '../derive/addressing/known-gateway.js';
import { defineFix, type Argv } from '../../model/fix.js';
import type { Child, Topology } from '../../model/topology.js';
import { findChild, unreachable } from './find-ends.js';

export interface SetChildUp {
  readonly child: string;
}

export default defineFix<SetChildUp>({
  meta: { id: 'set-child-up', title: 'Bring the child up, with its default route', risk: 'safe' },
  plan({ child: name }, { topology }) {
    const child = findChild(topology, name);
    const ip = child && enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name, child);
    const link = child.link.ifname;
    const gateway = wayOut(child, topology);
    const route: Argv[] =
      gateway === undefined
        ? []
        : [[...ip, 'route', 'replace', 'default', 'via', gateway.ip, 'dev', link]];
    return {
      steps: [[...ip, 'link', 'set', 'dev', link, 'up'], ...route],
      // The route goes with the link.
      undo: [[...ip, 'link', 'set', 'dev', link, 'down']],
      persist: [],
      notes: [routeNote(gateway), restoreNote(child)],
    };
  },
});

/** None where another link leads out already, or where nothing is to lead out. */
function wayOut(child: Child, topology: Topology): KnownGateway | undefined {
  const parent = topology.parents.find((one) => one.name === child.parent);
  if (parent === undefined || child.network?.isInternal === true || hasWayOut(child))
    return undefined;
  return knownGateway(child, parent, topology);
}

function routeNote(gateway: KnownGateway | undefined): string {
  const lost = 'A link that goes down loses its routes';
  return gateway === undefined
    ? `${lost}, and they do not come back with it.`
    : `${lost}; ${gateway.ip} is ${gateway.source}. Other routes it had do not come back with it.`;
}

function restoreNote({ container, label }: Child): string {
  return container === undefined
    ? 'What set the link up can set them again.'
    : `Restarting ${label} restores them all: its engine makes the link anew, and up.`;
}
