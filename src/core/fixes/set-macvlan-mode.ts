// Puts macvlan links into another mode without making them anew.
import { enterArgv } from '../derive/topology/enter.js';
import { defineFix, type Argv, type FixContext, type FixPlan } from '../../model/fix.js';
import type { MacvlanMode } from '../../model/link.js';
import { keepNote } from './engine/lasting.js';
import { findChild, findShim, unreachable } from './find-ends.js';

/** A child's or a shim's subject name. */
type End = { readonly kind: 'child' | 'shim'; readonly name: string };
type Plan = FixPlan | { readonly impossible: string };

export interface SetMacvlanMode {
  readonly where: End | readonly End[];
  readonly mode: Exclude<MacvlanMode, 'passthru' | 'source'>;
}

export default defineFix<SetMacvlanMode>({
  meta: { id: 'set-macvlan-mode', title: 'Change the macvlan mode', risk: 'safe' },
  plan({ where, mode }, context) {
    const ends = 'kind' in where ? [where] : where;
    const plans = ends.map((end) => planOne(end, mode, context));
    const possible = plans.flatMap((plan) => ('impossible' in plan ? [] : [plan]));
    const refusals = plans.flatMap((plan) => ('impossible' in plan ? [plan.impossible] : []));
    if (possible.length === 0) return { impossible: refusals.join(' ') };
    return {
      steps: possible.flatMap(({ steps }) => steps),
      undo: possible.flatMap(({ undo }) => undo),
      persist: [],
      notes: [...new Set([...possible.flatMap(({ notes }) => notes), ...refusals])],
    };
  },
});

function planOne(where: End, mode: SetMacvlanMode['mode'], { topology }: FixContext): Plan {
  const child = where.kind === 'child' ? findChild(topology, where.name) : undefined;
  const end = child ?? findShim(topology, where.name);
  const ip: Argv | undefined = child === undefined ? ['ip'] : enterArgv(child);
  if (end === undefined || ip === undefined) return unreachable(where.name, child);
  if (end.mode === 'passthru') {
    return {
      impossible: `${where.name} is in passthru mode; the kernel changes to or from it only by making the link anew.`,
    };
  }
  const kind = end.link.linkinfo?.info_kind ?? 'macvlan';
  const set = (to: string): Argv => [
    ...ip,
    'link',
    'set',
    'dev',
    end.link.ifname,
    'type',
    kind,
    'mode',
    to,
  ];
  return {
    steps: [set(mode)],
    undo: [set(end.mode)],
    persist: [],
    notes: [
      keepNote(
        child ?? {},
        `This lasts until the link is made anew. To keep it, write mode ${mode} where the link is configured; without a mode the kernel takes vepa.`,
      ),
    ],
  };
}
