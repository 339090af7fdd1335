// Gives a child the MAC that its router expects for its address: one that nobody else was seen to have.
import { defineFix } from '../../../model/fix.js';
import { enterArgv } from '../../derive/topology/enter.js';
import { findChild, unreachable } from '../find-ends.js';

export interface TakeExpectedMac {
  readonly child: string;
  readonly mac: string;
}

export default defineFix<TakeExpectedMac>({
  meta: {
    id: 'take-expected-mac',
    title: 'Give the child the MAC that is expected',
    risk: 'disruptive',
  },
  plan({ child: name, mac }, { topology }) {
    const child = findChild(topology, name);
    const ip = child && enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name, child);
    const set = (to: string) =>
      [...ip, 'link', 'set', 'dev', child.link.ifname, 'address', to] as const;
    return {
      steps: [[...set(mac)]],
      undo: [[...set(child.mac)]],
      persist: [],
      notes: [
        'Connections of the child pause until its neighbours have learnt the MAC.',
        child.container === undefined
          ? 'This lasts until the link is made anew; to keep it, set the MAC where the link is configured.'
          : `This lasts until the container restarts; to keep it, make the container with \`--mac-address ${mac}\`, or in a compose file with \`mac_address: ${mac}\` under its network.`,
      ],
    };
  },
});
