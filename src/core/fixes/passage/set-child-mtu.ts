// Lets children send no longer packets than their way to the LAN carries.
import { defineFix } from '../../../model/fix.js';
import { enterArgv } from '../../derive/topology/enter.js';
import { findChild, unreachable } from '../find-ends.js';

export interface SetChildMtu {
  readonly children: readonly string[];
  /** Bytes. */
  readonly mtu: number;
}

export default defineFix<SetChildMtu>({
  meta: { id: 'set-child-mtu', title: 'Send no longer packets than get through', risk: 'safe' },
  plan({ children, mtu }, { topology }) {
    const ends = children.flatMap((name) => {
      const child = findChild(topology, name);
      const ip = child && enterArgv(child);
      return child === undefined || ip === undefined ? [] : [{ child, ip }];
    });
    if (ends.length === 0) return unreachable(children.join(', '));
    const set = ({ child, ip }: (typeof ends)[number], to: number) =>
      [...ip, 'link', 'set', 'dev', child.link.ifname, 'mtu', to.toString()] as const;
    return {
      steps: ends.map((end) => [...set(end, mtu)]),
      undo: ends.map((end) => [...set(end, end.child.link.mtu)]),
      persist: [],
      notes: [
        'This lasts until the link is made anew. macvlan takes the MTU of its parent, and Docker has no option for it: to keep it, set the MTU of the parent where the parent is configured.',
      ],
    };
  },
});
