// What opens the way between the host and children that macvlan keeps apart from it.
import type { CheckContext } from '../../model/check.js';
import type { Remedy } from '../../model/fix.js';
import type { Child, Parent } from '../../model/topology.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
import { asleepOn } from '../derive/verdicts/host-isolation.js';
import { activeShims, exchanges } from '../derive/verdicts/shim-service.js';
import addShimRoute from './add-shim-route.js';
import hostShim from './host-shim.js';

/** A shim there is gets the routes that it lacks; a second one would not be better. */
export function hostAccess(
  parent: Parent,
  apart: readonly Child[],
  context: CheckContext,
): Remedy[] {
  const shim = activeShims(parent).find((one) =>
    apart.every((child) => exchanges(one, child, context) === 'yes'),
  );
  if (shim === undefined) {
    const children = [...apart, ...asleepOn(parent)].map(({ name }) => name);
    return [hostShim.request({ parent: parent.name, children })];
  }
  const destinations = apart.flatMap((child) => ipv4Of(child).slice(0, 1)).map((ip) => `${ip}/32`);
  return [addShimRoute.request({ shim: shim.name, destinations })];
}
