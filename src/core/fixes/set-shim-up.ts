// Brings a shim up and gives it back the routes that the kernel dropped when it went down.
import { defineFix } from '../../model/fix.js';
import { findShim, unreachable } from './find-ends.js';
import { shimForms } from './persist/shim-forms.js';
import { routesBy } from './shim-routes.js';
import { specOf } from './shim-spec-of.js';

export interface SetShimUp {
  readonly shim: string;
  readonly destinations: readonly string[];
}

export default defineFix<SetShimUp>({
  meta: { id: 'set-shim-up', title: 'Bring the shim up, with its routes', risk: 'safe' },
  plan({ shim: name, destinations }, context) {
    const shim = findShim(context.topology, name);
    if (shim === undefined) return unreachable(name);
    const spec = { ...specOf(shim), destinations };
    return {
      steps: [
        ['ip', 'link', 'set', 'dev', name, 'up'],
        ...routesBy(name, destinations, context.topology).steps,
      ],
      undo: [['ip', 'link', 'set', 'dev', name, 'down']],
      persist: spec.addresses.length === 0 ? [] : shimForms(spec, context),
      notes: ['A link that goes down loses its routes, so both are set.'],
    };
  },
});
