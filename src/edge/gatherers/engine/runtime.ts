// The container engine's view: the first engine that answers names containers and contributes networks.
import {
  CONTAINERS_FIELDS,
  parseContainers,
} from '../../../core/parse/docker/docker-containers.js';
import {
  INFO_FIELDS,
  parseEngine,
  podmanApiVersion,
  VERSION_FIELDS,
} from '../../../core/parse/docker/docker-engine.js';
import {
  LIBPOD_NETWORKS_FIELDS,
  NETWORKS_FIELDS,
  parseNetworks,
} from '../../../core/parse/docker/docker-networks.js';
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import type { Projection } from '../../../model/projection.js';
import type { Engine } from '../../../model/runtime-network.js';
import type { Host } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';
import { askEach, type Listed } from './ask-each.js';
import { type EnginePlace, enginePlaces } from './engine-places.js';

/** How long the first engine is listened to alone; an engine at work answers all four questions in less. */
const HEAD_START_MS = 150;

export default defineGatherer({
  meta: {
    id: 'runtime',
    title: 'Container engine, its networks and who is on them',
    provides: ['runtime'],
    reads: [
      'GET /version',
      'GET /info',
      'GET /networks',
      'GET /containers/json?all=1',
      'GET /networks/ID of macvlan and ipvlan networks',
      'GET /containers/ID/json of the containers on them',
    ],
  },
  async gather(host) {
    const { places, otherwise } = enginePlaces(host);
    const [first, ...rest] = places;
    if (first === undefined) return { runtime: otherwise };
    const asked = [ask(host, first)];
    const early = await Promise.race([...asked, after(HEAD_START_MS)]);
    if (early?.state !== 'known') asked.push(...rest.map((place) => ask(host, place)));
    const listed = await firstKnown(asked, otherwise);
    if (listed.state !== 'known') return { runtime: listed };
    return { runtime: known(await askEach(host, listed.value)) };
  },
});

/** The first by precedence that answered, else the first that there was something to say about. */
async function firstKnown(
  asked: readonly Promise<Fact<Listed>>[],
  otherwise: Fact<never>,
): Promise<Fact<Listed>> {
  let trouble: Fact<Listed> | undefined;
  for (const pending of asked) {
    const answer = await pending;
    if (answer.state === 'known') return answer;
    if (trouble === undefined || trouble.state === 'absent') trouble = answer;
  }
  return trouble ?? otherwise;
}

async function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
}

async function ask(host: Host, place: EnginePlace): Promise<Fact<Listed>> {
  const get = async (path: string, projection: Projection): Promise<Fact<unknown>> =>
    host.engine.getJson(place.endpoint, path, projection);
  const answers = await Promise.all([
    get('/version', VERSION_FIELDS),
    get('/info', INFO_FIELDS),
    get('/networks', NETWORKS_FIELDS),
    get('/containers/json?all=1', CONTAINERS_FIELDS),
  ]);
  const bad = answers.find((answer) => answer.state !== 'known');
  if (bad !== undefined) return bad;
  const [version, info, networkList, containerList] = answers.map((answer) => valueOf(answer));
  const engine = parseEngine({ version, info }, place);
  if (engine === undefined) {
    return unknown('failed', `${place.endpoint} answered, and not as a container engine does`);
  }
  const elsewhere = whereElse(host, engine);
  if (elsewhere !== undefined) {
    return unknown('absent', `the engine at ${place.endpoint} runs ${elsewhere}`);
  }
  const networks = parseNetworks(networkList, await libpodNetworks(get, version));
  return known({ engine, networks, containers: parseContainers(containerList, networks) });
}

/** Podman's Docker-compatible list leaves out the parent; its own list has it. */
async function libpodNetworks(
  get: (path: string, projection: Projection) => Promise<Fact<unknown>>,
  version: unknown,
): Promise<unknown> {
  const api = podmanApiVersion(version);
  return api === undefined
    ? undefined
    : valueOf(await get(`/v${api}/libpod/networks/json`, LIBPOD_NETWORKS_FIELDS));
}

/**
 * An engine whose daemon lives in another network namespace, or on another machine, has its networks there, not here. A
 * rootless daemon is always in another namespace, and that is worth a word of its own; of an engine in a virtual machine
 * no daemon is seen. Other systems than Linux have no networks of their own that the engine's could be mistaken for.
 */
function whereElse(host: Host, engine: Engine): string | undefined {
  if (engine.isRootless || host.os !== 'linux') return undefined;
  if (!engine.endpoint.startsWith('unix://'))
    return isForeign(host, engine) ? 'on another machine' : undefined;
  const own = valueOf(host.files.inode('/proc/self/ns/net'));
  const daemon = valueOf(host.engine.peerNetns(engine.endpoint));
  if (own === undefined || daemon === undefined || own === daemon) return undefined;
  return 'in another network namespace';
}

/** Reached by an address that is not the loopback, and with another name or kernel than this machine's. */
function isForeign(host: Host, engine: Engine): boolean {
  if (/^\w+:\/\/(?:localhost|127\.|\[::1\])/.test(engine.endpoint)) return false;
  return engine.name !== host.hostname || engine.kernelVersion !== host.kernel;
}
