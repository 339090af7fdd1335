// A machine made of a few declared files and answers, for gatherers; whatever is not declared does not exist.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createJsonReader } from '../../src/edge/host/engine/projected-json.js';
import { podmanApiVersion } from '../../src/core/parse/docker/docker-engine.js';
import type { Asking, EngineDoor, FileDoor, Host } from '../../src/edge/host/host.js';
import { type Fact, known, unknown } from '../../src/model/fact.js';
import type { Projection } from '../../src/model/projection.js';

export interface FakeMachine {
  /** Texts by path; a fact stands for itself, such as a denial. */
  readonly files?: Readonly<Record<string, string | Fact<never>>>;
  /** Targets by path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Inodes by path, for what is neither text nor folder: namespaces and sockets. */
  readonly inodes?: Readonly<Record<string, number>>;
  /** Answers by endpoint, then by path. */
  readonly engines?: Readonly<Record<string, EngineAnswers>>;
  /** Inodes of the namespaces behind endpoints. */
  readonly peers?: Readonly<Record<string, number>>;
  readonly host?: Partial<Host>;
}

/** Bodies by path of the API; a fact stands for itself. */
export type EngineAnswers = Readonly<Record<string, unknown>>;

export function fakeHost(machine: FakeMachine = {}): Host {
  return {
    os: 'linux',
    env: {},
    homes: ['/root'],
    uid: 0,
    hostname: 'nas',
    kernel: '6.1.0-32-amd64',
    arch: 'x64',
    monotonicMs: () => 0,
    files: fakeFiles(machine),
    engine: fakeEngine(machine),
    netlink: null,
    netns: null,
    ...machine.host,
  };
}

function missing(path: string): Fact<never> {
  return unknown('absent', `${path} does not exist`);
}

function fakeFiles({ files = {}, links = {}, inodes = {} }: FakeMachine): FileDoor {
  const paths = [...Object.keys(files), ...Object.keys(links), ...Object.keys(inodes)];
  const namesIn = (folder: string): string[] => {
    const inside = paths.filter((path) => path.startsWith(`${folder}/`));
    const names = inside.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '');
    return [...new Set(names)].sort();
  };
  const readText = (path: string): Fact<string> => {
    const file = files[path];
    if (file === undefined) return missing(path);
    return typeof file === 'string' ? known(file) : file;
  };
  return {
    readText,
    readTextBelow: (root, path) => readText(`${root}${path}`),
    list: (path) => {
      const names = namesIn(path);
      return names.length === 0 ? missing(path) : known(names);
    },
    readLink: (path) => {
      const target = links[path];
      return target === undefined ? missing(path) : known(target);
    },
    inode: (path) => {
      const inode = inodes[path];
      if (inode !== undefined) return known(inode);
      const file = files[path];
      if (typeof file === 'object') return file;
      return path in files || namesIn(path).length > 0
        ? known(paths.indexOf(path) + 1000)
        : missing(path);
    },
  };
}

function fakeEngine({ engines = {}, peers = {} }: FakeMachine): EngineDoor {
  return {
    getJson: (endpoint, path, projection, asking) => {
      const answer = answerOf(engines[endpoint], { endpoint, path, ...asking });
      return Promise.resolve(
        answer.state === 'known' ? known(projected(answer.value, projection)) : answer,
      );
    },
    peerNetns: (endpoint) => {
      const peer = peers[endpoint];
      return peer === undefined ? unknown('failed', 'not visible') : known(peer);
    },
  };
}

function answerOf(
  answers: EngineAnswers | undefined,
  { endpoint, path, mayBeGone }: Asking & { readonly endpoint: string; readonly path: string },
): Fact<unknown> {
  if (answers === undefined) return missing(endpoint);
  if (!(path in answers)) {
    const state = mayBeGone === true ? 'absent' : 'failed';
    return unknown(state, `${endpoint} answered ${path} with HTTP 404`);
  }
  const answer = answers[path];
  return isFact(answer) ? answer : known(answer);
}

/** What the real door keeps of an answer. */
export function projected(answer: unknown, projection: Projection): unknown {
  const reader = createJsonReader(projection);
  reader.write(Buffer.from(JSON.stringify(answer)));
  return reader.end();
}

function isFact(value: unknown): value is Fact<never> {
  return typeof value === 'object' && value !== null && 'state' in value && 'reason' in value;
}

/** What a recorded or composed engine of `fixtures/raw/docker` answers. */
export function engineFixture(name: string): EngineAnswers {
  const read = (file: string): unknown => readFixture(`raw/docker/${name}/${file}.json`);
  const base = {
    '/version': read('version'),
    '/info': read('info'),
    '/networks': read('networks'),
    '/containers/json?all=1': read('containers'),
    ...byId(read('networks-inspected'), (id) => `/networks/${id}`),
    ...byId(read('containers-inspected'), (id) => `/containers/${id}/json`),
  };
  const api = podmanApiVersion(base['/version']);
  return api === undefined
    ? base
    : { ...base, [`/v${api}/libpod/networks/json`]: read('libpod-networks') ?? [] };
}

function byId(answers: unknown, path: (id: string) => string): EngineAnswers {
  const list = (answers ?? []) as readonly { readonly Id: string }[];
  return Object.fromEntries(list.map((answer) => [path(answer.Id), answer]));
}

/** Undefined for a file that is not there: an engine without containers was never asked about one. */
function readFixture(path: string): unknown {
  const file = fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
}
