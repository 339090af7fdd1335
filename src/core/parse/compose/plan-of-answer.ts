// What `docker compose config` prints, as a plan: its values, with the places that our own reading of the files knows.
import type { Plan, PlannedContainer, PlannedNetwork, Words } from '../../../model/plan.js';
import { planOfCompose } from './plan-of-compose.js';

export interface ComposeAnswer {
  readonly json: string;
  /** `docker compose 2.26.1`. */
  readonly reader: string;
  /** What the files say by the documented rules; undefined where those refuse them. */
  readonly own: Plan | undefined;
  readonly newMac: () => string;
}

/** Throws a ComposeMistake for what is no answer. Its output is a Compose file in which nothing is left to be done. */
export function planOfAnswer({ json, reader, own, newMac }: ComposeAnswer): Plan {
  const read = planOfCompose({
    files: [{ name: reader, text: json }],
    open: () => ({ reason: 'is not read' }),
    variables: {},
    profiles: ['*'],
    project: 'default',
    newMac,
  });
  return {
    reader,
    networks: read.networks.map((network) => placedNetwork(network, own)),
    containers: read.containers.map((container) => placedContainer(container, own)),
    notes: own?.notes ?? [],
  };
}

function placedNetwork(network: PlannedNetwork, own: Plan | undefined): PlannedNetwork {
  const mine = own?.networks.find(({ words }) => words.path === network.words.path);
  const parts = Object.entries(network.parts).map(
    ([key, words]) => [key, mine?.parts[key] ?? mine?.words ?? withoutPlace(words)] as const,
  );
  return {
    ...network,
    words: mine?.words ?? withoutPlace(network.words),
    parts: Object.fromEntries(parts),
  };
}

function placedContainer(container: PlannedContainer, own: Plan | undefined): PlannedContainer {
  const words = new Map(
    own?.containers
      .flatMap(({ endpoints }) => endpoints)
      .map((endpoint) => [endpoint.words.path, endpoint.words]),
  );
  const endpoints = container.endpoints.map((endpoint) => ({
    ...endpoint,
    words: words.get(endpoint.words.path) ?? withoutPlace(endpoint.words),
  }));
  return { ...container, endpoints };
}

/** A place in the answer is none in the user's files. */
function withoutPlace({ path }: Words): Words {
  return { path };
}
