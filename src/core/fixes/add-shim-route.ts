// Leads the host's traffic for children into the shim that is already there.
import { defineFix } from '../../model/fix.js';
import { findShim, unreachable } from './find-ends.js';
import { shimForms } from './persist/shim-forms.js';
import { routesBy } from './shim-routes.js';
import { specOf } from './shim-spec-of.js';

export interface AddShimRoute {
  readonly shim: string;
  /** Prefixes, one /32 per child as a rule. */
  readonly destinations: readonly string[];
}

export default defineFix<AddShimRoute>({
  meta: { id: 'add-shim-route', title: 'Route the children by the shim', risk: 'safe' },
  plan({ shim: name, destinations }, context) {
    const shim = findShim(context.topology, name);
    if (shim === undefined) return unreachable(name);
    const spec = specOf(shim);
    const whole = { ...spec, destinations: [...new Set([...spec.destinations, ...destinations])] };
    return {
      ...routesBy(name, destinations, context.topology),
      persist: shimForms(whole, context),
      notes: ['A route is gone at the next reboot, and whenever the shim goes down.'],
    };
  },
});
