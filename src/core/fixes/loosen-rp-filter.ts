// Lets one link take packets whose route back leaves by another link: loose mode, on that link alone.
import { contentOf } from '../derive/topology/content.js';
import { insideArgv } from '../derive/topology/enter.js';
import { defineFix } from '../../model/fix.js';
import { findChild, unreachable } from './find-ends.js';
import { isPlainName } from './persist/shim-spec.js';
import { sysctlAssignment, sysctlCommand } from './persist/sysctl-command.js';

export interface LoosenRpFilter {
  /** ifname in the host's namespace, or in the child's. */
  readonly link: string;
  /** Subject name, where the link is a child's. */
  readonly child?: string;
}

/** Of `all` and of the link the higher counts, so 2 wins over a strict 1 in either place. */
const LOOSE = 2;

export default defineFix<LoosenRpFilter>({
  meta: {
    id: 'loosen-rp-filter',
    title: 'Filter loosely on that link alone',
    risk: 'safe',
  },
  plan({ link, child: name }, { topology }) {
    const child = name === undefined ? undefined : findChild(topology, name);
    const inside = name === undefined ? [] : child && insideArgv(child);
    if (inside === undefined) return unreachable(name ?? link);
    const { ipv4 } = contentOf(child?.netns ?? topology.host);
    const setting = { link, name: 'rp_filter', value: LOOSE };
    const before = { ...setting, value: ipv4?.links[link]?.rp_filter ?? 0 };
    const isHosts = name === undefined && isPlainName(link);
    const path = `/etc/sysctl.d/61-rp-filter-${link}.conf`;
    const file = { path, content: `${sysctlAssignment(setting)}\n` };
    return {
      steps: [sysctlCommand(setting, inside)],
      undo: [sysctlCommand(before, inside)],
      persist: isHosts ? [{ manager: 'systemd', files: [file], commands: [] }] : [],
      notes: [
        'Loose mode still drops packets from addresses that no route leads to.',
        ...(isHosts ? [] : ['It is gone when the link is made anew.']),
      ],
    };
  },
});
