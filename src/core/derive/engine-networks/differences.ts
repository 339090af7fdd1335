// In which options two descriptions of a network differ.
import type { FixChange } from '../../../model/fix.js';
import type { Engine, RuntimeNetwork } from '../../../model/runtime-network.js';
import { networkOptions, type NetworkOption } from './create-options.js';

/** One for each option that was changed, added or taken away; an option given several times is compared in its order. */
export function differences(
  before: RuntimeNetwork,
  after: RuntimeNetwork,
  flavour: Engine['flavour'],
): FixChange[] {
  const [old, now] = [networkOptions(before, flavour), networkOptions(after, flavour)];
  const names = [...new Set([...now, ...old].map(({ option }) => option))];
  return names.flatMap((name) => pairsOf(name, without(old, now), without(now, old)));
}

/** Those of `some` that `others` does not have just so. */
function without(
  some: readonly NetworkOption[],
  others: readonly NetworkOption[],
): NetworkOption[] {
  return some.filter(
    (one) => !others.some(({ option, value }) => option === one.option && value === one.value),
  );
}

function pairsOf(
  name: string,
  gone: readonly NetworkOption[],
  come: readonly NetworkOption[],
): FixChange[] {
  const from = gone.filter(({ option }) => option === name);
  const to = come.filter(({ option }) => option === name);
  return Array.from({ length: Math.max(from.length, to.length) }, (_, at) => ({
    option: name,
    ...valueOf('from', from[at]),
    ...valueOf('to', to[at]),
    ...(to[at] === undefined ? {} : { word: to[at].words.at(-1) ?? '' }),
  }));
}

/** A switch is on or not there. */
function valueOf(side: 'from' | 'to', option: NetworkOption | undefined): Partial<FixChange> {
  return option === undefined ? {} : { [side]: option.value ?? 'on' };
}
