// Ends of probes and names of children, as core/derive/topology makes them of links, containers, mounts and processes.
import type { Mapper, Reading } from '../mapper.js';
import { readLink } from './read-links.js';

const ID = /^[\da-f]{12,64}$/u;

/** Where a child lives: `web`, `web#4026532001`, `web/eth0`, `nginx[2001]`, `netns-4026532001`. */
export const readPlace: Reading = (text, mapper) => {
  if (mapper.isName(text)) return mapper.name('container', text);
  if (/^netns-\d+$/u.test(text)) return text;
  const [, before = text, inode = '', link] = /^(.*?)(#\d+)?(?:\/([^/]+))?$/su.exec(text) ?? [];
  const behind = link === undefined ? '' : `/${readLink(link, mapper)}`;
  return `${readName(before, mapper)}${inode}${behind}`;
};

function readName(text: string, mapper: Mapper): string {
  if (mapper.isName(text)) return mapper.name('container', text);
  const [, comm, pid] = /^(.+)\[(\d+)\]$/su.exec(text) ?? [];
  if (comm !== undefined && pid !== undefined) return `${mapper.name('process', comm)}[${pid}]`;
  return ID.test(text) ? mapper.id(text) : mapper.name('container', text);
}

/** `eth0@web`; a link and a place may have an `@` of their own: before it stands the longest link that is known. */
export const readChild: Reading = (text, mapper) => {
  const cuts = [...text.matchAll(/@/gu)].map(({ index }) => index);
  const at = cuts.findLast((cut) => mapper.isName(text.slice(0, cut))) ?? cuts[0];
  if (at === undefined) return readPlace(text, mapper);
  return `${readLink(text.slice(0, at), mapper)}@${readPlace(text.slice(at + 1), mapper)}`;
};

/** What follows the colon of an end, by what stands before it. */
const BEHIND: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    child: readChild,
    container: readPlace,
    shim: readLink,
    gateway: (text, mapper) => mapper.ip(text),
    lan: (text, mapper) => mapper.ip(text),
    host: (text, mapper) => mapper.ip(text),
  }),
);

/** `host`, `switch`, `child:eth0@web`, `container:web`, `shim:mvd-shim`, `gateway:192.0.2.1`, … */
export const readEnd: Reading = (text, mapper) => {
  const [, kind, rest] = /^([a-z]+):(.*)$/su.exec(text) ?? [];
  const read = BEHIND.get(kind ?? '');
  if (read === undefined || kind === undefined || rest === undefined) return mapper.prose(text);
  return `${kind}:${read(rest, mapper)}`;
};

/** Whom the user asked for: a container by name or id, a child by its place or its name. */
export const readWho: Reading = (text, mapper) =>
  ID.test(text) ? mapper.id(text) : readChild(text, mapper);
