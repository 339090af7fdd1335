// Narrows a shim's address to a /32, so that it stops claiming the parent's subnet, and routes the children by it.
import { defineFix, type Argv } from '../../model/fix.js';
import { findShim, unreachable } from './find-ends.js';
import { shimForms } from './persist/shim-forms.js';
import { routesBy } from './shim-routes.js';
import { specOf } from './shim-spec-of.js';

export interface ReplaceShimAddress {
  readonly shim: string;
  readonly destinations: readonly string[];
}

export default defineFix<ReplaceShimAddress>({
  meta: {
    id: 'replace-shim-address',
    title: 'Narrow the shim to a /32 and route the children by it',
    risk: 'safe',
  },
  plan({ shim: name, destinations }, context) {
    const shim = findShim(context.topology, name);
    if (shim === undefined) return unreachable(name);
    const wide = shim.addresses.filter(
      ({ family, prefixlen }) => family === 'inet' && prefixlen < 32,
    );
    const routes = routesBy(name, destinations, context.topology);
    const change = (verb: 'add' | 'del', local: string, prefixlen: number): Argv => [
      ...(['ip', 'addr', verb, `${local}/${prefixlen.toString()}`, 'dev', name] as const),
    ];
    const spec = specOf(shim);
    const narrow = spec.addresses.map((cidr) =>
      cidr.includes(':') ? cidr : `${cidr.split('/')[0] ?? cidr}/32`,
    );
    return {
      steps: [
        ...wide.map(({ local }) => change('add', local, 32)),
        ...wide.map(({ local, prefixlen }) => change('del', local, prefixlen)),
        ...routes.steps,
      ],
      undo: [
        ...routes.undo,
        ...wide.map(({ local, prefixlen }) => change('add', local, prefixlen)),
        ...wide.map(({ local }) => change('del', local, 32)),
      ],
      persist: shimForms(
        {
          ...spec,
          addresses: narrow,
          destinations: [...new Set([...spec.destinations, ...destinations])],
        },
        context,
      ),
      notes: [
        'The host keeps its own address and route on the parent; only the shim changes.',
        ...(wide.some((address) => address.dynamic === true)
          ? ['The address came from a DHCP client, which will put it back: stop it on this link.']
          : []),
      ],
    };
  },
});
