// Leads what a child sends to some neighbours out by the link that their packets come in by.
import { enterArgv } from '../derive/topology/enter.js';
import { contentOf } from '../derive/topology/content.js';
import { defineFix, type Argv } from '../../model/fix.js';
import type { Route } from '../../model/route.js';
import { findChild, unreachable } from './find-ends.js';

export interface AddChildRoute {
  readonly child: string;
  /** Addresses of neighbours on the child's LAN. */
  readonly destinations: readonly string[];
}

/** A route of its own for that address, which another one of the same metric has to take the place of. */
function isHeldBy({ dst, table, metric = 0 }: Route, ip: string): boolean {
  return table === 'main' && metric === 0 && (dst === ip || dst === `${ip}/32`);
}

function wordsOf({ type, dst, gateway, dev, prefsrc }: Route): string[] {
  const optional = { via: gateway, dev, src: prefsrc };
  return [
    ...(type === 'unicast' ? [] : [type]),
    dst,
    ...Object.entries(optional).flatMap(([word, value]) =>
      value === undefined ? [] : [word, value],
    ),
  ];
}

export default defineFix<AddChildRoute>({
  meta: { id: 'add-child-route', title: 'Answer by the link that was asked', risk: 'safe' },
  plan({ child: name, destinations }, { topology }) {
    const child = findChild(topology, name);
    const ip = child && enterArgv(child);
    if (child === undefined || ip === undefined) return unreachable(name, child);
    const link = child.link.ifname;
    const { routes } = contentOf(child.netns);
    const ways = destinations.map((dst): { readonly step: Argv; readonly undo: Argv } => {
      const to = [`${dst}/32`, 'dev', link];
      const before = routes.find((route) => isHeldBy(route, dst));
      if (before === undefined) {
        return { step: [...ip, 'route', 'add', ...to], undo: [...ip, 'route', 'del', ...to] };
      }
      return {
        step: [...ip, 'route', 'replace', ...to],
        undo: [...ip, 'route', 'replace', ...wordsOf(before)],
      };
    });
    return {
      steps: ways.map(({ step }) => step),
      undo: ways.map(({ undo }) => undo),
      persist: [],
      notes: [
        child.container === undefined
          ? 'What set the link up has to set the route as well, to keep it.'
          : `It is gone when ${child.label} restarts.`,
      ],
    };
  },
});
