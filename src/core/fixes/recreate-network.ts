// Makes a network of a container engine anew with another option: takes its containers off it and puts them back on.
import { valueOf } from '../../model/fact.js';
import { type Argv, defineFix, type FixContext, type FixPlan } from '../../model/fix.js';
import type { Runtime, RuntimeNetwork } from '../../model/runtime-network.js';
import { changed, type NetworkChange } from '../derive/engine-networks/change.js';
import { composeFragment } from '../derive/engine-networks/compose-fragment.js';
import { createArgv, removeArgv } from '../derive/engine-networks/create-argv.js';
import { differences } from '../derive/engine-networks/differences.js';
import {
  connectArgv,
  disconnectArgv,
  dropArgv,
  inOrderOfLeaving,
  inOrderOfReturn,
  leftOvers,
  type Member,
  membersOf,
} from '../derive/engine-networks/members.js';
import { refusalOf } from '../derive/engine-networks/refusals/refusals.js';
import { recreateNotes } from './engine/recreate-notes.js';

export interface RecreateNetwork {
  readonly network: RuntimeNetwork;
  readonly change: NetworkChange;
}

export default defineFix<RecreateNetwork>({
  meta: { id: 'recreate-network', title: 'Make the network anew', risk: 'disruptive' },
  plan({ network, change }, context) {
    const runtime = valueOf(context.facts.runtime);
    if (runtime === undefined)
      return { impossible: `No engine tells of the network ${network.name}.` };
    const template = templateOf(network, runtime);
    const obstacle = obstacleTo(network, template, runtime);
    if (obstacle !== undefined) return { impossible: obstacle };
    const [before, after] = [template ?? network, changed(template ?? network, change)];
    const members = membersOf(network, runtime);
    const old: Version = { network, template, runtime, members };
    const next: Version = {
      ...old,
      ...(template === undefined ? { network: after } : { template: after }),
    };
    return planBetween(old, next, { before, after, context });
  },
});

/** A network with what it is made from, and who is on it. */
interface Version {
  readonly network: RuntimeNetwork;
  readonly template: RuntimeNetwork | undefined;
  readonly runtime: Runtime;
  readonly members: readonly Member[];
}

interface Difference {
  readonly before: RuntimeNetwork;
  readonly after: RuntimeNetwork;
  readonly context: FixContext;
}

function planBetween(
  old: Version,
  next: Version,
  { before, after, context }: Difference,
): FixPlan | { readonly impossible: string } {
  const { runtime, network } = old;
  const { flavour } = runtime.engine;
  const changes = differences(before, after, flavour);
  if (changes.length === 0) {
    return {
      impossible: `Network ${network.name} says so already: its containers are as it says after their next start.`,
    };
  }
  const refused = refusalOf(after, context, network.id);
  if (refused !== undefined) return { impossible: refused.instead };
  const back = refusalOf(before, context, network.id);
  const compose = composeFragment(after, flavour, before);
  return {
    steps: [
      ...leftOvers(network, runtime).map((name) => dropArgv(name, network.name, runtime)),
      ...replace(old, next),
    ],
    undo: back === undefined ? replace(next, old) : [],
    persist: [],
    notes: recreateNotes(network, after, { members: old.members, back }),
    changes,
    ...(compose === undefined ? {} : { compose }),
  };
}

function replace(from: Version, to: Version): Argv[] {
  const { runtime, members } = from;
  const { engine } = runtime;
  const networks = (version: Version): RuntimeNetwork[] =>
    version.template === undefined ? [version.network] : [version.template, version.network];
  return [
    ...inOrderOfLeaving(members).map((one) => disconnectArgv(one, from.network.name, runtime)),
    ...networks(from)
      .toReversed()
      .map((one) => removeArgv(one, engine)),
    ...networks(to).map((one) => createArgv(one, engine)),
    ...inOrderOfReturn(members, from.network).map((one) => connectArgv(one, to.network, runtime)),
  ];
}

function templateOf(
  { configFrom }: RuntimeNetwork,
  { networks }: Runtime,
): RuntimeNetwork | undefined {
  return configFrom === undefined
    ? undefined
    : networks.find(({ name, isConfigOnly }) => isConfigOnly && name === configFrom);
}

/** What only a person can sort out. */
function obstacleTo(
  { name, id, scope, configFrom }: RuntimeNetwork,
  template: RuntimeNetwork | undefined,
  { networks }: Runtime,
): string | undefined {
  if (scope === 'swarm') {
    return `Network ${name} is the swarm's: take the services off it on a manager, make its template anew on each node, and then the network on a manager.`;
  }
  if (networks.some((other) => other.name === name && other.id !== id)) {
    return `Two networks are called ${name}, so that commands cannot name one: remove the one that is not wanted by its id (docker network ls) first.`;
  }
  if (configFrom === undefined) return undefined;
  if (template === undefined) {
    return `Network ${name} is made from the template ${configFrom}, which the engine does not tell of: make that anew, then the network.`;
  }
  const others = networks.filter((one) => one.configFrom === configFrom && one.id !== id);
  return others.length === 0
    ? undefined
    : `Network ${name} is made from the template ${configFrom}, and so is ${others.map((one) => one.name).join(', ')}: remove these networks, make ${configFrom} anew, and then them.`;
}
