// Which children a shim should reach and does not.
import type { CheckContext } from '../../../model/check.js';
import type { Child, Parent, Shim } from '../../../model/topology.js';
import { hasIpv4, ipv4 } from '../addressing/on-link.js';
import { exchanges, routeCovers } from './shim-service.js';

/** The children that a shim is there for and hears nothing of, and those of which it cannot be said. */
export function deafChildren(
  shim: Shim,
  parent: Parent,
  context: CheckContext,
): { readonly deaf: readonly Child[]; readonly open: readonly Child[] } {
  const all = parent.children.filter((child) => hasIpv4(child));
  const routed = all.filter((child) => ipv4(child).some(({ local }) => routeCovers(shim, local)));
  const meant = routed.length > 0 ? routed : all;
  const answers = meant.map((child) => ({ child, says: exchanges(shim, child, context) }));
  const isUseful = answers.some(({ says }) => says === 'yes');
  const of = (wanted: string) =>
    answers.filter(({ says }) => says === wanted).map(({ child }) => child);
  // Without routes of its own a shim that serves somebody is taken to be meant for those.
  return isUseful && routed.length === 0
    ? { deaf: [], open: [] }
    : { deaf: of('no'), open: of('unknown') };
}
