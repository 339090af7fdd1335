// Writes down a shim that exists, so that it is there after a reboot. Nothing has to be done to the running one.
import { defineFix } from '../../model/fix.js';
import { findShim, unreachable } from './find-ends.js';
import { shimForms } from './persist/shim-forms.js';
import { specOf } from './shim-spec-of.js';

export default defineFix<{ readonly shim: string }>({
  meta: { id: 'persist-shim', title: 'Make the shim outlive a reboot', risk: 'safe' },
  plan({ shim: name }, context) {
    const shim = findShim(context.topology, name);
    if (shim === undefined) return unreachable(name);
    const persist = shimForms(specOf(shim), context);
    if (persist.length === 0) {
      return {
        impossible: `${name} or ${shim.parent} has a name that cannot stand in configuration files; rename it first.`,
      };
    }
    return {
      steps: [],
      undo: [],
      persist,
      notes: [
        'Nothing runs now: the shim is there already. The files take effect at the next boot.',
      ],
    };
  },
});
