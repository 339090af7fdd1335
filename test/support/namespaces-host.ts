// A host of files and namespaces held in memory, for gatherers that speak netlink.
import { type Fact, known, unknown } from '../../src/model/fact.js';
import type { FileDoor, Host, NetlinkDoor, NetnsDoor } from '../../src/edge/host/host.js';

export interface FakeFiles {
  readonly folders?: Readonly<Record<string, readonly string[]>>;
  readonly texts?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly inodes?: Readonly<Record<string, number>>;
}

type Answers = Fact<readonly (readonly Uint8Array[])[]>;

function found<T>(table: Readonly<Record<string, T>> | undefined, path: string): Fact<T> {
  const value = table?.[path];
  return value === undefined ? unknown('absent', `${path} does not exist`) : known(value);
}

export function fakeFiles(files: FakeFiles): FileDoor {
  return {
    readText: (path) => found(files.texts, path),
    readTextBelow: (root, path) => found(files.texts, `${root}${path}`),
    list: (path) => found(files.folders, path),
    readLink: (path) => found(files.links, path),
    inode: (path) => found(files.inodes, path),
  };
}

/** Nothing is to be seen inside any namespace. */
export const closedNetns: NetnsDoor = {
  readTexts: () => unknown('denied', 'needs root'),
  read: () => Promise.resolve(unknown('denied', 'needs root')),
  driverOf: (ifname) => unknown('absent', `${ifname} tells of no driver`),
};

/** `ask` answers per path and request; generic netlink answers from `generic`, call by call. */
export function fakeNetlinkHost(
  files: FakeFiles,
  ask: (path: string | null, requests: readonly Uint8Array[]) => Answers,
  generic: readonly Answers[] = [],
): Host {
  const left = [...generic];
  const netlink: NetlinkDoor = {
    ask,
    askGeneric: () => left.shift() ?? unknown('failed', 'nothing more was expected'),
    withHostNetnsFd: (act) => act(3),
  };
  return { os: 'linux', files: fakeFiles(files), netlink, netns: closedNetns } as Host;
}
