// Gives a child's IPv4 address the prefix length that its neighbours have.
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix } from '../../model/fix.js';
import { keepNote } from './engine/lasting.js';
import { findChild, unreachable } from './find-ends.js';

export interface SetAddressPrefix {
  readonly child: string;
  readonly address: string;
  readonly from: number;
  readonly to: number;
}

export default defineFix<SetAddressPrefix>({
  meta: { id: 'set-address-prefix', title: 'Correct the prefix length', risk: 'safe' },
  plan({ child: name, address, from, to }, { topology }) {
    const child = findChild(topology, name);
    const ip = child === undefined ? undefined : enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name, child);
    const change = (verb: 'add' | 'del', prefixlen: number) =>
      [
        ...ip,
        'addr',
        verb,
        `${address}/${prefixlen.toString()}`,
        'dev',
        child.link.ifname,
      ] as const;
    return {
      // Added before the old one goes: the link is never without its address, and its default route stays.
      steps: [change('add', to), change('del', from)],
      undo: [change('add', from), change('del', to)],
      persist: [],
      notes: [
        keepNote(
          child,
          'This lasts until the address is configured anew; correct the prefix length there.',
        ),
      ],
    };
  },
});
