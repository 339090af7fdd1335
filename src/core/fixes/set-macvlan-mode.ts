// Puts a macvlan link into another mode without making it anew.
import { enterArgv } from '../derive/enter.js';
import { defineFix, type Argv } from '../../model/fix.js';
import type { MacvlanMode } from '../../model/link.js';
import { findChild, findShim, unreachable } from './find-ends.js';

export interface SetMacvlanMode {
  readonly where:
    | { readonly kind: 'child'; readonly name: string }
    | { readonly kind: 'shim'; readonly name: string };
  readonly mode: Exclude<MacvlanMode, 'passthru' | 'source'>;
}

export default defineFix<SetMacvlanMode>({
  meta: { id: 'set-macvlan-mode', title: 'Change the macvlan mode', risk: 'safe' },
  plan({ where, mode }, { topology }) {
    const child = where.kind === 'child' ? findChild(topology, where.name) : undefined;
    const end = child ?? findShim(topology, where.name);
    const ip: Argv | undefined = child === undefined ? ['ip'] : enterArgv(child);
    if (end === undefined || ip === undefined) return unreachable(where.name);
    if (end.mode === 'passthru') {
      return {
        impossible: `${where.name} is in passthru mode; the kernel changes to or from it only by making the link anew.`,
      };
    }
    const kind = end.link.linkinfo?.info_kind ?? 'macvlan';
    const set = (to: string): Argv => [
      ...ip,
      ...['link', 'set', 'dev', end.link.ifname, 'type', kind, 'mode', to],
    ];
    return {
      steps: [set(mode)],
      undo: [set(end.mode)],
      persist: [],
      notes: [lasting(child, mode)],
    };
  },
});

function lasting(child: ReturnType<typeof findChild>, mode: string): string {
  if (child?.network !== undefined) {
    return `This lasts until the container restarts. To keep it, make the network ${child.network.name} anew with -o macvlan_mode=${mode}.`;
  }
  return `This lasts until the link is made anew. To keep it, write mode ${mode} where the link is configured; without a mode the kernel takes vepa.`;
}
