// Where a container engine may listen on this machine: what the user chose, then the sockets that the products use.
import { createHash } from 'node:crypto';
import {
  parseContextHost,
  parseCurrentContext,
} from '../../../core/parse/docker/docker-context.js';
import { type Fact, unknown } from '../../../model/fact.js';
import type { Host } from '../../host/host.js';

export interface EnginePlace {
  readonly endpoint: string;
  readonly context?: string;
}

export interface EnginePlaces {
  /** In order of precedence. */
  readonly places: readonly EnginePlace[];
  /** What to say when none of them answers and none fails either. */
  readonly otherwise: Fact<never>;
}

/** As the docker client looks: `DOCKER_HOST`, then `DOCKER_CONTEXT`, then the current context, then the usual sockets. */
export function enginePlaces(host: Host): EnginePlaces {
  const chosenHost = host.env['DOCKER_HOST'];
  if (chosenHost) return only({ endpoint: chosenHost });
  const chosenContext = host.env['DOCKER_CONTEXT'];
  if (chosenContext && chosenContext !== 'default') {
    const place = contextPlace(host, chosenContext);
    return place === undefined
      ? {
          places: [],
          otherwise: unknown('failed', `the docker context ${chosenContext} is not known here`),
        }
      : only(place);
  }
  const usual = usualPlaces(host);
  const current = chosenContext ? undefined : currentPlace(host);
  if (current === undefined) return usual;
  const others = usual.places.filter(({ endpoint }) => endpoint !== current.endpoint);
  return { ...usual, places: [current, ...others] };
}

function only(place: EnginePlace): EnginePlaces {
  return { places: [place], otherwise: unknown('absent', `no engine at ${place.endpoint}`) };
}

function currentPlace(host: Host): EnginePlace | undefined {
  for (const folder of configFolders(host)) {
    const text = host.files.readText(`${folder}/config.json`);
    const name = text.state === 'known' ? parseCurrentContext(text.value) : undefined;
    if (name !== undefined && name !== 'default') return contextPlace(host, name);
  }
  return undefined;
}

/** Docker files a context under the SHA-256 of its name. */
function contextPlace(host: Host, name: string): EnginePlace | undefined {
  const digest = createHash('sha256').update(name).digest('hex');
  for (const folder of configFolders(host)) {
    const text = host.files.readText(`${folder}/contexts/meta/${digest}/meta.json`);
    const endpoint = text.state === 'known' ? parseContextHost(text.value) : undefined;
    if (endpoint !== undefined) return { endpoint, context: name };
  }
  return undefined;
}

function configFolders(host: Host): readonly string[] {
  const chosen = host.env['DOCKER_CONFIG'];
  return chosen ? [chosen] : host.homes.map((home) => `${home}/.docker`);
}

function usualPlaces(host: Host): EnginePlaces {
  if (host.os === 'win32') {
    return {
      places: [{ endpoint: 'npipe:////./pipe/docker_engine' }],
      otherwise: unknown('absent', 'no container engine listens on its usual pipe'),
    };
  }
  const seen = new Set<number>();
  const places = socketPaths(host).filter((path) => isNew(host, path, seen));
  const awake = places.filter((path) => !isAsleep(host, path));
  return {
    places: awake.map((path) => ({ endpoint: `unix://${path}` })),
    otherwise: unknown(
      'absent',
      awake.length === places.length
        ? 'no socket of Docker or Podman was found'
        : 'Docker is installed and not running; asking its socket would start it',
    ),
  };
}

const DOCKER_SOCKETS = ['/var/run/docker.sock', '/run/docker.sock'];

function socketPaths(host: Host): readonly string[] {
  const runtimes = runtimeFolders(host);
  return [
    ...DOCKER_SOCKETS,
    ...runtimes.map((folder) => `${folder}/docker.sock`),
    ...host.homes.flatMap((home) => [
      `${home}/.docker/run/docker.sock`,
      `${home}/.docker/desktop/docker.sock`,
      `${home}/.orbstack/run/docker.sock`,
      `${home}/.colima/default/docker.sock`,
      `${home}/.config/colima/default/docker.sock`,
      `${home}/.rd/docker.sock`,
      ...limaSockets(host, home),
    ]),
    '/run/podman/podman.sock',
    ...runtimes.map((folder) => `${folder}/podman/podman.sock`),
    ...host.homes.map((home) => `${home}/.local/share/containers/podman/machine/podman.sock`),
  ];
}

/** sudo drops XDG_RUNTIME_DIR, and it is the caller's that matters. */
function runtimeFolders(host: Host): readonly string[] {
  const own = host.env['XDG_RUNTIME_DIR'];
  const sudoUid = host.env['SUDO_UID'] ?? '';
  const caller = /^[1-9]\d*$/.test(sudoUid) ? `/run/user/${sudoUid}` : undefined;
  return [...new Set([own ?? '', caller ?? ''])].filter((folder) => folder !== '');
}

function limaSockets(host: Host, home: string): readonly string[] {
  const instances = host.files.list(`${home}/.lima`);
  const names = instances.state === 'known' ? instances.value : [];
  return names
    .filter((name) => !/^[_.]/.test(name))
    .map((name) => `${home}/.lima/${name}/sock/docker.sock`);
}

// There, and not by another path already: /var/run is /run nearly everywhere. A folder that may not be entered (somebody
// else's home) counts as empty; a socket that may not be opened counts.
function isNew(host: Host, path: string, seen: Set<number>): boolean {
  const inode = host.files.inode(path);
  if (inode.state !== 'known' || seen.has(inode.value)) return false;
  seen.add(inode.value);
  return true;
}

/**
 * systemd may hold the socket of a Docker that does not run, and start it at the first connection: that would make
 * bridges and firewall rules. Units that are active have a link each in /run/systemd/units. (Podman's service may be
 * woken: it is made for it, sets nothing up and ends by itself.)
 */
function isAsleep(host: Host, path: string): boolean {
  if (!DOCKER_SOCKETS.includes(path)) return false;
  const isActive = (unit: string): boolean =>
    host.files.readLink(`/run/systemd/units/invocation:${unit}`).state === 'known';
  return isActive('docker.socket') && !isActive('docker.service');
}
