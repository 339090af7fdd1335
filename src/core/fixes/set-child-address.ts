// Gives a child that shares its IPv4 address with somebody another one, which nobody on the LAN answered for.
import { provenFreeAddresses } from '../derive/addressing/free-address.js';
import { contains, networkOf } from '../derive/addressing/subnets.js';
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix, type Argv } from '../../model/fix.js';
import { isAdminUp } from '../../model/link.js';
import type { Child, Topology } from '../../model/topology.js';
import { findChild, unreachable } from './find-ends.js';
import { announcementOf } from './passage/announcement.js';

export interface SetChildAddress {
  readonly child: string;
  readonly address: string;
  /** So many others are given a free address of the same subnet before this one. */
  readonly turn: number;
}

export default defineFix<SetChildAddress>({
  meta: { id: 'set-child-address', title: 'Give the child another address', risk: 'disruptive' },
  plan({ child: name, address, turn }, context) {
    const child = findChild(context.topology, name);
    const ip = child === undefined ? undefined : enterArgv(child);
    const parent = context.topology.parents.find((one) => one.name === child?.parent);
    if (child === undefined || ip === undefined || parent === undefined)
      return unreachable(name, child);
    const old = child.addresses.find(({ local }) => local === address);
    if (old === undefined || !isAlone(child)) {
      return {
        impossible: `${child.label} has several addresses or routes of its own on ${child.link.ifname}: give it another one than ${address} where they are configured.`,
      };
    }
    const subnet = networkOf(address, old.prefixlen);
    // The first one is what a new shim would be given.
    const free = provenFreeAddresses(context, parent)
      .slice(1)
      .filter((candidate) => contains(subnet, candidate))
      .at(-1 - turn);
    if (free === undefined) {
      return {
        impossible: `${child.label} needs another address of ${subnet}, and none is known to be free: ask your router's list, or run macvlan-doctor as root without --passive.`,
      };
    }
    const prefix = `/${old.prefixlen.toString()}`;
    const link = child.link.ifname;
    const set = (verb: 'add' | 'del', local: string): Argv => [
      ...([...ip, 'addr', verb, `${local}${prefix}`, 'dev', link] as const),
    ];
    // The last address takes the routes of its link with it.
    const back = child.gateways.slice(0, 1).map((hop): Argv => {
      const route = ['default', 'via', hop, 'dev', link, ...onlinkOf(child, hop)] as const;
      return [...ip, 'route', 'replace', ...route];
    });
    const keeper = keeperOf(address, child, context.topology);
    const announcement = keeper && announcementOf(keeper);
    return {
      steps: [set('del', address), set('add', free), ...back, ...(announcement?.steps ?? [])],
      undo: [set('del', free), set('add', address), ...back, ...(announcement?.undo ?? [])],
      persist: [],
      notes: [
        ...(keeper === undefined || announcement === undefined
          ? []
          : [
              `${keeper.label} keeps ${address} and announces itself, for the LAN may remember the MAC of ${child.label} for it.`,
            ]),
        `${free} is free as far as anybody here can tell: nobody known has it, and nobody answered when asked for it. Keep it out of the pool of the DHCP server.`,
        'Which of the two owners has the better right to the address, only you know. This lasts until the link is made anew; change the address where it is configured.',
      ],
    };
  },
});

/** The first other one that has the address, as far as it is on this machine: it is not told to move. */
function keeperOf(address: string, mover: Child, { parents }: Topology): Child | undefined {
  return parents
    .flatMap(({ children }) => children)
    .find(
      ({ name, link, addresses }) =>
        name !== mover.name && isAdminUp(link) && addresses.some(({ local }) => local === address),
    );
}

/** A gateway outside the subnet is reached because the route says that it is there (ip-route(8)). */
function onlinkOf({ routes }: Child, hop: string): readonly string[] {
  const isOnlink = routes.some(
    ({ dst, gateway, flags }) => dst === 'default' && gateway === hop && flags.includes('onlink'),
  );
  return isOnlink ? ['onlink'] : [];
}

/** One IPv4 address, and no routes but the kernel's and a default one: nothing else is lost when it goes. */
function isAlone({ addresses, routes, gateways }: Child): boolean {
  const own = addresses.filter(({ family }) => family === 'inet');
  const added = routes.filter(
    ({ family, protocol, dst }) => family === 'inet' && protocol !== 'kernel' && dst !== 'default',
  );
  return own.length === 1 && own[0]?.dynamic !== true && added.length === 0 && gateways.length < 2;
}
