// Gives a shim another address in place of one that somebody else has.
import { chosenFreeAddress } from '../derive/addressing/free-address.js';
import { defineFix, type Argv } from '../../model/fix.js';
import { findShim, unreachable } from './find-ends.js';
import { shimForms } from './persist/shim-forms.js';
import { destinationsFor } from './shim-destinations.js';
import { routesBy } from './shim-routes.js';
import { specOf } from './shim-spec-of.js';

export interface MoveShimAddress {
  readonly shim: string;
  readonly address: string;
}

export default defineFix<MoveShimAddress>({
  meta: { id: 'move-shim-address', title: 'Give the shim another address', risk: 'safe' },
  plan({ shim: name, address }, context) {
    const shim = findShim(context.topology, name);
    const parent = context.topology.parents.find((one) => one.name === shim?.parent);
    const old = shim?.addresses.find(({ local }) => local === address);
    if (shim === undefined || parent === undefined || old === undefined) return unreachable(name);
    const free = old.family === 'inet' ? chosenFreeAddress(context, parent) : undefined;
    if (free === undefined) {
      return {
        impossible: `${name} needs another address than ${address}, and none is known to be free: ask your router's list, or run macvlan-doctor as root without --passive.`,
      };
    }
    const spec = specOf(shim);
    // What only the old address's own subnet led to needs routes of its own.
    const own =
      old.prefixlen < 32
        ? destinationsFor(
            parent.children.filter(({ mode }) => mode === 'bridge'),
            parent,
            { context, address: free },
          )
        : [];
    const destinations = [...new Set([...spec.destinations, ...own])];
    const set = (verb: 'add' | 'del', cidr: string): Argv => [
      'ip',
      'addr',
      verb,
      cidr,
      'dev',
      name,
    ];
    const before = `${address}/${old.prefixlen.toString()}`;
    const routes = routesBy(name, own, context.topology);
    return {
      // The new one first: a link that loses its last address loses its routes.
      steps: [set('add', `${free}/32`), set('del', before), ...routes.steps],
      undo: [...routes.undo, set('add', before), set('del', `${free}/32`)],
      persist: shimForms(
        {
          ...spec,
          addresses: spec.addresses.map((cidr) => (cidr === before ? `${free}/32` : cidr)),
          destinations,
        },
        context,
      ),
      notes: [
        `${free} is free as far as anybody here can tell: nobody known has it, and nobody answered when asked for it. Keep it out of the pool of the DHCP server.`,
      ],
    };
  },
});
