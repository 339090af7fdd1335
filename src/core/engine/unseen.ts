// Children that are there and could not be looked into: what a check says of the others is not said of them.
import type { Category, Check, CheckContext } from '../../model/check.js';
import type { Parent } from '../../model/topology.js';
import type { Outcome } from './outcome.js';

/** Categories whose checks look inside children. */
const ABOUT_CHILDREN: ReadonlySet<Category> = new Set([
  'macvlan',
  'address',
  'neighbour',
  'filter',
  'upstream',
]);

/** One `undetermined` for each parent that carries links in namespaces which were denied; mostly without root. */
export function unseenOutcomes(check: Check, context: CheckContext): Outcome[] {
  if (!ABOUT_CHILDREN.has(check.meta.category) || !isAnythingDenied(context)) return [];
  return context.topology.parents
    .filter(({ unseenMacs }) => unseenMacs.length > 0)
    .map((parent) => ({
      check,
      status: 'undetermined',
      subject: { kind: 'parent', name: parent.name },
      within: [],
      reason: reasonFor(parent),
    }));
}

function isAnythingDenied({ facts }: CheckContext): boolean {
  if (facts.namespaces.state !== 'known') return false;
  return facts.namespaces.value.some(({ content }) => content.state === 'denied');
}

function reasonFor({ name, unseenMacs }: Parent): string {
  const count = unseenMacs.length;
  const links = count === 1 ? 'one link' : `${count.toString()} links`;
  return `${links} on ${name} could not be looked into: run as root`;
}
