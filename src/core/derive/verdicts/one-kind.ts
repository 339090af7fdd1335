// A device carries macvlan links or ipvlan links, never both at a time: which it carries now, and whom that keeps out.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Parent } from '../../../model/topology.js';
import { PLANNED } from '../../../model/plan.js';
import { wholeTopology } from '../topology/topology.js';

/** One parent has one of them at a time (netdev_rx_handler_register, net/core/dev.c). */
export type Kind = 'macvlan' | 'ipvlan';

/** Somebody whose link makes the parent that kind's. */
export interface Occupant {
  /** For people: `web`, `the shim mvd-shim`. */
  readonly name: string;
  /** The link itself was seen, or the engine says that the container runs. */
  readonly how: 'link' | 'engine';
}

/** A parent that holds one kind while networks want the other. */
export interface Blocked {
  readonly parent: Parent;
  readonly holds: Kind;
  readonly occupants: readonly Occupant[];
  readonly networks: readonly RuntimeNetwork[];
  /** Containers on these networks; none of them runs. */
  readonly waiting: readonly RuntimeContainer[];
  /** Somebody is to be there: a container that does not run, or whoever plans the network. */
  readonly isWanted: boolean;
}

/** Parents that have to do with both kinds, whether by links or by networks. */
export function sharedParents({ topology, facts }: CheckContext): Parent[] {
  return topology.parents.filter((parent) => {
    const { children, shims, ipvlans, unseenMacs, networks } = wholeOf(parent, facts);
    const hasMacvlan = children.length + shims.length + unseenMacs.length > 0;
    const drivers = new Set(networks.map(({ driver }) => driver));
    return (hasMacvlan || drivers.has('macvlan')) && (ipvlans.length > 0 || drivers.has('ipvlan'));
  });
}

/** Undefined where everything that is wanted can start: nothing is there yet, or all is of one kind. */
export function blockedOn(parent: Parent, { facts }: CheckContext): Blocked | undefined {
  const now = occupied(parent, facts);
  if (now === undefined) return undefined;
  const all = valueOf(facts.runtime)?.containers ?? [];
  const membersOf = ({ id }: RuntimeNetwork): RuntimeContainer[] =>
    all.filter(({ endpoints }) => endpoints.some(({ networkId }) => networkId === id));
  // Where one of its containers runs all the same, what was seen does not fit together.
  const networks = parent.networks.filter(
    (network) =>
      network.driver !== now.holds &&
      !network.isConfigOnly &&
      !membersOf(network).some((one) => isRunning(one)),
  );
  if (networks.length === 0) return undefined;
  const waiting = [...new Set(networks.flatMap((network) => membersOf(network)))];
  const isWanted = waiting.length > 0 || networks.some(({ id }) => id.startsWith(PLANNED));
  return { parent, ...now, networks, waiting, isWanted };
}

/** Nothing of either kind was seen, and there are namespaces that nobody could look into. */
export function openOn(parent: Parent, { facts }: CheckContext): boolean {
  const isDark = (valueOf(facts.namespaces) ?? []).some(({ content }) => content.state !== 'known');
  return isDark && occupied(parent, facts) === undefined;
}

/** What the parent is now. By the kernel's word, and where no link is in sight by the engine's. */
function occupied(
  parent: Parent,
  facts: CheckContext['facts'],
): Pick<Blocked, 'holds' | 'occupants'> | undefined {
  const whole = wholeOf(parent, facts);
  const byLink = {
    macvlan: macvlanOn(whole),
    ipvlan: whole.ipvlans.map(({ label }): Occupant => ({ name: label, how: 'link' })),
  };
  return onlyOne(byLink) ?? onlyOne(runningOn(whole, facts));
}

function onlyOne(
  occupants: Readonly<Record<Kind, readonly Occupant[]>>,
): Pick<Blocked, 'holds' | 'occupants'> | undefined {
  const { macvlan, ipvlan } = occupants;
  if (macvlan.length > 0 === ipvlan.length > 0) return undefined;
  return macvlan.length > 0
    ? { holds: 'macvlan', occupants: macvlan }
    : { holds: 'ipvlan', occupants: ipvlan };
}

/** An ipvlan link adds no MAC to the filter but the parent's own: what else is in it stands for a macvlan link. */
function macvlanOn({ children, shims, unseenMacs }: Parent): Occupant[] {
  const seen = [
    ...children.filter(({ netns }) => netns.isPlanned !== true).map(({ label }) => label),
    ...shims.map(({ name }) => `the shim ${name}`),
    ...unseenMacs.map((mac) => `a link with the MAC ${mac}`),
  ];
  return seen.map((name) => ({ name, how: 'link' }));
}

function runningOn(parent: Parent, facts: CheckContext['facts']): Record<Kind, Occupant[]> {
  const containers = (valueOf(facts.runtime)?.containers ?? []).filter((one) => isRunning(one));
  const on = (driver: Kind): Occupant[] => {
    const ids = new Set(
      parent.networks.filter((network) => network.driver === driver).map(({ id }) => id),
    );
    return containers
      .filter(({ endpoints }) => endpoints.some(({ networkId }) => ids.has(networkId)))
      .map(({ name }) => ({ name: `container ${name}`, how: 'engine' }));
  };
  return { macvlan: on('macvlan'), ipvlan: on('ipvlan') };
}

/** Its links exist; a paused container keeps them, and a planned one has none yet. */
function isRunning({ id, state }: RuntimeContainer): boolean {
  return !id.startsWith(PLANNED) && (state === 'running' || state === 'paused');
}

/** With what lies outside the scope of the run: it holds the parent all the same. */
function wholeOf(parent: Parent, facts: CheckContext['facts']): Parent {
  return wholeTopology(facts).parents.find(({ name }) => name === parent.name) ?? parent;
}
