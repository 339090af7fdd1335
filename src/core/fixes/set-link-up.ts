// Brings a link up, in the host's namespace or in a child's.
import { enterArgv } from '../derive/enter.js';
import { defineFix, type Argv } from '../../model/fix.js';
import { findChild, unreachable } from './find-ends.js';

export interface SetLinkUp {
  readonly link: string;
  /** Subject name of the child in whose namespace the link lives; absent: the host's. */
  readonly child?: string;
}

export default defineFix<SetLinkUp>({
  meta: { id: 'set-link-up', title: 'Bring the link up', risk: 'safe' },
  plan({ link, child: name }, { topology }) {
    const child = name === undefined ? undefined : findChild(topology, name);
    const ip: Argv | undefined = name === undefined ? ['ip'] : child && enterArgv(child);
    if (ip === undefined) return unreachable(name ?? link);
    const owner = child?.container === undefined ? undefined : child.label;
    return {
      steps: [[...ip, 'link', 'set', 'dev', link, 'up']],
      undo: [[...ip, 'link', 'set', 'dev', link, 'down']],
      persist: [],
      notes: [
        owner === undefined
          ? 'It stays up until somebody takes it down or the machine restarts; what configures the link at boot decides then.'
          : `When ${owner} is restarted its engine makes the link anew, and up.`,
        ...(name === undefined
          ? []
          : ['Routes that were lost when the link went down do not come back by themselves.']),
      ],
    };
  },
});
