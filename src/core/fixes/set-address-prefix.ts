// Gives a child's IPv4 address the prefix length that its neighbours have.
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix } from '../../model/fix.js';
import { keepNote } from '../derive/wording/recreate-network.js';
import { contains, covers, networkOf } from '../derive/addressing/subnets.js';
import type { IpamPool } from '../../model/runtime-network.js';
import { findChild, unreachable } from './find-ends.js';

export interface SetAddressPrefix {
  readonly child: string;
  readonly address: string;
  readonly from: number;
  readonly to: number;
}

export default defineFix<SetAddressPrefix>({
  meta: { id: 'set-address-prefix', title: 'Correct the prefix length', risk: 'safe' },
  plan({ child: name, address, from, to }, { topology, facts }) {
    const child = findChild(topology, name);
    const ip = child === undefined ? undefined : enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name);
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
        child.network === undefined
          ? 'This lasts until the address is configured anew; correct the prefix length there.'
          : keepNote(child.network, `--subnet ${networkOf(address, to)}`, {
              facts,
              pool: (pool) =>
                contains(pool.subnet, address) ? resized(pool, networkOf(address, to)) : pool,
            }),
      ],
    };
  },
});

/** The engine goes on handing out from where it did, as far as that is inside. */
function resized(pool: IpamPool, subnet: string): IpamPool {
  const { ipRange, gateway, auxAddresses } = pool;
  const range = ipRange ?? pool.subnet;
  return {
    subnet,
    auxAddresses: Object.fromEntries(
      Object.entries(auxAddresses).filter(([, ip]) => contains(subnet, ip)),
    ),
    ...(gateway !== undefined && contains(subnet, gateway) ? { gateway } : {}),
    ...(range !== subnet && covers(subnet, range) ? { ipRange: range } : {}),
  };
}
