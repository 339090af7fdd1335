// Who on the LAN answered in a range that an engine hands out: devices that are nobody's here.
import { valueOf } from '../../../model/fact.js';
import type { Sweep, SweepAnswer } from '../../../model/sweep.js';
import type { Parent } from '../../../model/topology.js';
import { contains, covers } from '../addressing/subnets.js';
import { macsHere, type Look } from './links-here.js';
import { standingOf } from './strangers.js';

export interface RangeAnswers {
  readonly sweep: Sweep;
  /** Devices with an address of the range, in the order of the addresses. */
  readonly taken: readonly SweepAnswer[];
  /** MACs that answer for addresses that are nobody's as well (proxy ARP): of those nothing is learnt. */
  readonly proxies: readonly string[];
}

/** Undefined where the range was no part of any that was to be asked through. */
export function answersIn(range: string, parent: Parent, look: Look): RangeAnswers | undefined {
  const sweep = valueOf(look.facts.sweeps)?.find(
    (one) => one.parent === parent.name && covers(one.range, range),
  );
  if (sweep === undefined) return undefined;
  const here = macsHere(look);
  const strangers = sweep.answers.filter(({ ip, mac }) => contains(range, ip) && !here.has(mac));
  const isProxy = ({ ip, mac }: SweepAnswer): boolean =>
    standingOf(mac, ip, { parent, look, isOurs: true }) === 'proxy';
  return {
    sweep,
    taken: strangers.filter((one) => !isProxy(one)),
    proxies: [...new Set(strangers.filter((one) => isProxy(one)).map(({ mac }) => mac))],
  };
}

/** One address of each stranger that answered in any range of the parent's: enough to ask whether he is a proxy. */
export function sweptStrangers(parent: Parent, look: Look): SweepAnswer[] {
  const here = macsHere(look);
  const all = (valueOf(look.facts.sweeps) ?? [])
    .filter((sweep) => sweep.parent === parent.name)
    .flatMap(({ answers }) => answers)
    .filter(({ mac }) => !here.has(mac));
  return [...new Map(all.map((one) => [one.mac, one])).values()];
}
