// Paths and addresses of engines: folders that every system has stay, and what users named is a name.
import type { Mapper, Reading } from '../mapper.js';
import { readLink } from './read-links.js';

const FOLDERS = new Set(
  `bin boot dev etc home lib local media mnt opt private proc root run sbin share srv sys tmp usr user users var volume1
  docker containerd podman netns net network networks networkd interfaces interfaces.d if-up.d systemd system user units
  netif links leases NetworkManager system-connections conf.d netplan containers machine desktop default library sock
  .docker .orbstack .colima .config .lima .rd .local .rancher-desktop colima lima contexts meta application group
  docker.sock podman.sock podman-machine-default-api.sock docker_engine dockerDesktopLinuxEngine pipe ns task self`
    .toLowerCase()
    .split(/\s+/u),
);
const HOMES = new Set(['home', 'users']);
const NUMBER = /^\d{1,7}$/u;
const ID = /^[\da-f]{12,64}$/u;

/** One that begins at the root has names in which a backslash is a letter like any other. */
export const readPath: Reading = (text, mapper) => {
  const parts = text.split(text.startsWith('/') ? /(\/+)/u : /([/\\]+)/u);
  return parts
    .map((part, at) => (at % 2 === 1 ? part : readPart(part, parts[at - 2], mapper)))
    .join('');
};

function readPart(part: string, before: string | undefined, mapper: Mapper): string {
  const folder = before?.toLowerCase() ?? '';
  if (HOMES.has(folder)) return mapper.name('user', part);
  if (folder === 'netns') return ID.test(part) ? mapper.id(part) : mapper.name('netns', part);
  if (part === '' || /^[a-z]:$/iu.test(part) || NUMBER.test(part)) return part;
  if (FOLDERS.has(part.toLowerCase())) return part;
  return readFile(part, mapper);
}

/** `10-mvd-shim.network`: its place among the others stays, and the link that it is named after follows. */
function readFile(part: string, mapper: Mapper): string {
  const [, order = '', stem = part, ending = ''] =
    /^(\d{1,3}-)?(.*?)(\.(?:network|netdev|link|service|conf|nmconnection|yaml|sock|cfg))?$/su.exec(
      part,
    ) ?? [];
  if (stem === '') return part;
  const asLink = readLink(stem, mapper);
  return `${order}${asLink === stem ? stem : mapper.name('file', stem)}${ending}`;
}

/** `unix:///home/ann/.colima/docker.sock`, `tcp://nas.lan:2375`, `ssh://ann@nas`, `npipe:////./pipe/docker_engine`. */
export const readEndpoint: Reading = (text, mapper) => {
  const [, scheme, rest] = /^([a-z][a-z\d+.-]*:\/\/)(.*)$/isu.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return readPath(text, mapper);
  if (/^(?:unix|npipe|fd|file):/iu.test(scheme)) return `${scheme}${readPath(rest, mapper)}`;
  const [, user, host = '', port = '', path = ''] =
    /^(?:([^/@]*)@)?(\[[^\]]*\]|[^/:]*)(:\d+)?(.*)$/su.exec(rest) ?? [];
  const login = user === undefined ? '' : `${mapper.name('user', user)}@`;
  return `${scheme}${login}${readAuthority(host, mapper)}${port}${readPath(path, mapper)}`;
};

function readAuthority(host: string, mapper: Mapper): string {
  const [, inner] = /^\[(.*)\]$/su.exec(host) ?? [];
  if (inner !== undefined) return `[${mapper.ip(inner)}]`;
  if (/^[\d.]+$/u.test(host)) return mapper.ip(host);
  return mapper.name('host', host);
}
