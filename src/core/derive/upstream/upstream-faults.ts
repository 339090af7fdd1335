// What lies between a parent and its LAN lets through, and what not: the verdicts on single children put together.
import type { CheckContext } from '../../../model/check.js';
import type { Child, Parent } from '../../../model/topology.js';
import { errorsOf, findAll } from '../verdicts/reach.js';
import { splitLooks, wasAnswered, type SeenAround, type SplitLook } from './split-cells.js';
import { hasOwnMac, heardByParent, silentOnes } from './split-candidates.js';
import { splitVerdict, whyOpen, type SplitVerdict } from './split-verdict.js';
import { howToAsk } from '../wording/how-to-ask.js';

/** The verdicts that name a fault. */
export type Filter = Extract<
  SplitVerdict,
  'source-filtered' | 'unicast-filtered' | 'both' | 'nic-filter'
>;

export interface UpstreamFault {
  readonly parent: Parent;
  readonly filter: Filter;
  /** Those that were asked about and have this verdict; never empty. */
  readonly looks: readonly SplitLook[];
  /** The same children, and those that were silent as well and not asked about, there being enough of them. */
  readonly victims: readonly Child[];
  /** Children of this parent that the LAN answers. */
  readonly accepted: readonly Child[];
}

interface Judged {
  readonly look: SplitLook;
  readonly verdict: SplitVerdict;
}

/** One entry for each filter on the parent; none where everybody is answered, or nobody, or it cannot be said. */
export function upstreamFaults(parent: Parent, seen: SeenAround): UpstreamFault[] {
  const looks = splitLooks(parent, seen);
  const verdicts = looks.map((look) => ({ look, verdict: splitVerdict(look.cells) }));
  const filters = agreed(verdicts.map(({ verdict }) => verdict));
  const accepted = parent.children.filter((child) => wasAnswered(child, parent, seen));
  return [...new Set(filters.values())].map((filter) => {
    const concerned = verdicts
      .filter(({ verdict }) => isFilter(verdict) && filters.get(verdict) === filter)
      .map(({ look }) => look);
    const rest = isUnanimous(verdicts, filters) ? unaskedOnes(parent, verdicts, seen) : [];
    return {
      parent,
      filter,
      looks: concerned,
      victims: [...concerned.map(({ child }) => child), ...rest],
      accepted,
    };
  });
}

/**
 * One port has one policy: where its verdicts differ, the narrower one is right and a lost frame made the other look
 * worse. An answer cannot be invented, a silence can.
 */
const NARROWER: Readonly<Record<Filter, readonly Filter[]>> = {
  both: ['source-filtered', 'unicast-filtered', 'nic-filter'],
  'unicast-filtered': ['nic-filter'],
  'source-filtered': [],
  'nic-filter': [],
};

function agreed(verdicts: readonly SplitVerdict[]): ReadonlyMap<Filter, Filter> {
  const said = new Set(verdicts.filter((verdict) => isFilter(verdict)));
  const settle = (filter: Filter): Filter => {
    const better = NARROWER[filter].find((one) => said.has(one));
    return better === undefined ? filter : settle(better);
  };
  return new Map([...said].map((filter) => [filter, settle(filter)]));
}

function isFilter(verdict: SplitVerdict): verdict is Filter {
  return !['sound', 'target-silent', 'open'].includes(verdict);
}

/** Everybody that was silent and asked about suffers from one and the same filter. */
function isUnanimous(judged: readonly Judged[], filters: ReadonlyMap<Filter, Filter>): boolean {
  const silent = judged.filter((one) => one.verdict !== 'sound' && !isCutShort(one));
  return new Set(filters.values()).size === 1 && silent.every(({ verdict }) => isFilter(verdict));
}

/** The questions about this one did not all get their turn (a slow LAN): it counts as not asked about. */
function isCutShort({ look: { cells }, verdict }: Judged): boolean {
  return verdict === 'open' && [cells.child, cells.source, cells.sender].includes('unknown');
}

function unaskedOnes(parent: Parent, judged: readonly Judged[], seen: SeenAround): Child[] {
  const asked = new Set(
    judged.filter((one) => !isCutShort(one)).map(({ look }) => look.child.name),
  );
  return silentOnes(parent, seen).filter(({ name }) => !asked.has(name));
}

/** Children whose MACs have to pass what lies beyond the parent. */
export function concernedOnes(parent: Parent): Child[] {
  return parent.children.filter((child) => hasOwnMac(child, parent));
}

/** Why it is not known whether the parent's children get through; undefined where one does, or a fault has a name. */
export function whyUndecided(parent: Parent, context: CheckContext): string | undefined {
  if (upstreamFaults(parent, context).length > 0) return undefined;
  const looks = splitLooks(parent, context);
  const open = looks.find(({ cells }) => splitVerdict(cells) === 'open');
  if (open !== undefined) return whyOpen(open.cells);
  const children = concernedOnes(parent);
  if (children.some((child) => wasAnswered(child, parent, context))) return undefined;
  if (context.notProbed !== undefined) return `${context.notProbed}${howToAsk(context)}`;
  if (looks.length > 0) return `nobody on the LAN answered ${parent.name} itself`;
  const [error] = errorsOf(findAll(context.observations, 'gateway-arp-child', children));
  if (error !== undefined) return error;
  return heardByParent(parent, context).length > 0
    ? 'it was not asked which half of the way is closed'
    : `no machine on the LAN of ${parent.name} is known to answer ${parent.name} itself`;
}

/** Where it is not what lies beyond, but the parent's own card. */
export function cardFaults(parent: Parent, seen: SeenAround): UpstreamFault[] {
  return upstreamFaults(parent, seen).filter(({ filter }) => filter === 'nic-filter');
}
