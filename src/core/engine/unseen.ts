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

/** One `undetermined` for each parent that carries links in namespaces whose content is not known; mostly without root. */
export function unseenOutcomes(check: Check, context: CheckContext): Outcome[] {
  const why = ABOUT_CHILDREN.has(check.meta.category) ? reasonNotSeen(context) : undefined;
  if (why === undefined) return [];
  return context.topology.parents
    .filter(({ unseenMacs }) => unseenMacs.length > 0)
    .map((parent) => ({
      check,
      status: 'undetermined',
      subject: { kind: 'parent', name: parent.name },
      within: [],
      reason: reasonFor(parent, why),
    }));
}

/** Why a namespace could not be looked into; what root would cure comes first. Undefined when all were. */
function reasonNotSeen({ facts }: CheckContext): string | undefined {
  if (facts.namespaces.state !== 'known') return undefined;
  const others = facts.namespaces.value.filter(({ isHost }) => !isHost);
  const unknown = others.flatMap(({ content }) => (content.state === 'known' ? [] : [content]));
  if (unknown.some(({ state }) => state === 'denied')) return 'run as root';
  return unknown[0]?.reason;
}

function reasonFor({ name, unseenMacs }: Parent, why: string): string {
  const count = unseenMacs.length;
  const links = count === 1 ? 'one link' : `${count.toString()} links`;
  return `${links} on ${name} could not be looked into: ${why}`;
}
