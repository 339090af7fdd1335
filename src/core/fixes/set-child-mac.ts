// Gives a child a MAC that nobody here has, and brings it up where its old one kept it down.
import { valueOf } from '../../model/fact.js';
import { linksHere } from '../derive/owners/links-here.js';
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix, type Argv, type FixContext } from '../../model/fix.js';
import { isAdminUp } from '../../model/link.js';
import { findChild, unreachable } from './find-ends.js';
import setChildUp from './set-child-up.js';

export interface SetChildMac {
  readonly child: string;
}

export default defineFix<SetChildMac>({
  meta: { id: 'set-child-mac', title: 'Give the child a MAC of its own', risk: 'disruptive' },
  plan({ child: name }, context) {
    const child = findChild(context.topology, name);
    const ip = child === undefined ? undefined : enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name, child);
    const link = child.link.ifname;
    const set = (mac: string): Argv => [
      ...([...ip, 'link', 'set', 'dev', link, 'address', mac] as const),
    ];
    const up = isAdminUp(child.link) ? undefined : setChildUp.plan({ child: name }, context);
    const rest = up === undefined || 'impossible' in up ? { steps: [], undo: [], notes: [] } : up;
    return {
      steps: [set(unusedMac(child.mac, context)), ...rest.steps],
      // The kernel takes the old MAC back only where it is nobody's on this parent.
      undo: up === undefined ? [set(child.mac)] : rest.undo,
      persist: [],
      notes: [
        'This lasts until the link is made anew; change the MAC where the link is configured, or name none there.',
        'Neighbours keep the old MAC for a minute or two; leases and filters that name it have to be changed.',
        ...rest.notes,
      ],
    };
  },
});

/** Locally administered and unicast, counted up from the old one until nobody known has it. */
function unusedMac(old: string, context: FixContext): string {
  const after = Object.values(valueOf(context.facts.neighboursAfter) ?? {}).flat();
  const taken = new Set([
    ...linksHere(context).map(({ link }) => link.address),
    ...after.map(({ lladdr }) => lladdr),
  ]);
  const bytes = old.split(':').map((byte) => Number.parseInt(byte, 16));
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  for (let step = 1; step < 256; step += 1) {
    const last = ((bytes[5] ?? 0) + step) & 0xff;
    const mac = [...bytes.slice(0, 5), last]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(':');
    if (!taken.has(mac)) return mac;
  }
  return old;
}
