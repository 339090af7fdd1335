// What it says that a child was silent once more, asked in turn with another one whom the gateway had answered.
import { isSilent, type Observation } from '../../../model/observation.js';
import type { Child } from '../../../model/topology.js';
import { find, type Seen } from './reach.js';

/** Both were asked equally often; a limit on questions would have left out more of the control's. */
const MOST_LOST = 1;

interface Beside {
  readonly asked: Observation;
  readonly control: Observation;
}

/** Whom a parent asked in this way about a gateway. */
function besideOn(parent: string, gateway: string, { observations }: Pick<Seen, 'observations'>) {
  const about = { parent, target: gateway } as const;
  const controls = find(observations, { probe: 'gateway-arp-control', ...about });
  return controls.flatMap((control): Beside[] => {
    const probe = 'gateway-arp-again';
    const [asked] = find(observations, { probe, ...about, child: control.child ?? '' });
    return asked === undefined ? [] : [{ asked, control }];
  });
}

/** It was left out once more, while the control got its answers. */
function isLeftOut({ asked, control }: Beside): boolean {
  return isSilent(asked) && isHeard(control);
}

function isHeard({ sent, replies }: Observation): boolean {
  return replies.length > 0 && replies.length >= sent - MOST_LOST;
}

/** Questions of those it had answered before, of which it now left out more than one may lose by chance. */
export function controlsLeftOut(
  parent: string,
  gateway: string,
  seen: Pick<Seen, 'observations'>,
): Observation[] {
  return besideOn(parent, gateway, seen)
    .map(({ control }) => control)
    .filter((control) => control.sent > 0 && !isHeard(control));
}

/**
 * Nobody can say of this child whether the gateway leaves it out: its control went without answers as well, or it was not
 * asked again and not all of those were left out that were.
 */
export function isByChance(
  child: Pick<Child, 'name' | 'parent'>,
  gateway: string,
  seen: Pick<Seen, 'observations'>,
): boolean {
  const beside = besideOn(child.parent, gateway, seen);
  const own = beside.filter(({ asked }) => asked.child === child.name);
  return !(own.length > 0 ? own : beside).every((one) => isLeftOut(one));
}

/** Children that were silent once more, and whose controls were then left out as well: how often, of all their questions. */
export function leftOutTogether(
  children: readonly Child[],
  gateway: string,
  seen: Pick<Seen, 'observations'>,
): { readonly children: readonly Child[]; readonly asked: number; readonly answered: number } {
  const pairs = children.flatMap((child) =>
    besideOn(child.parent, gateway, seen)
      .filter(({ asked }) => asked.child === child.name)
      .filter(({ asked, control }) => isSilent(asked) && control.sent > 0 && !isHeard(control))
      .map(({ control }) => ({ child, control })),
  );
  return {
    children: pairs.map(({ child }) => child),
    asked: pairs.reduce((sum, { control }) => sum + control.sent, 0),
    answered: pairs.reduce((sum, { control }) => sum + control.replies.length, 0),
  };
}
