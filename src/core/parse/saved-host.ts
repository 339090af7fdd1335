// A host from saved output of iproute2: the facts of a snapshot, as far as `ip` and `bridge` tell them.
import { type Fact, known, unknown, valueOf } from '../../model/fact.js';
import { isMacvlanKind, isOnSharedParent, type Link } from '../../model/link.js';
import type { FdbEntry, NeighbourTable } from '../../model/neighbour.js';
import type { Netns, NetnsContent } from '../../model/netns.js';
import { type Facts, SNAPSHOT_SCHEMA_VERSION, type Snapshot } from '../../model/snapshot.js';
import { parseSysctl } from './ipv4-settings.js';
import { byText } from './rtnetlink/text.js';
import { sortRoutes } from './rtnetlink/route.js';
import {
  parseBridgeFdb,
  parseIpAddresses,
  parseIpLinks,
  parseIpNeighbours,
  parseIpNtable,
  parseIpRoutes,
  parseIpRules,
} from './ip-json.js';

/** What is saved of each namespace, one text per command (docs/saved-output.md). */
export const SAVED_TEXTS = ['link', 'addr', 'route', 'route6', 'rule', 'rule6', 'neigh'] as const;
/** The file in which the output of sysctl(8) is saved; a namespace can do without. */
export const SAVED_SETTINGS = 'sysctl.txt';
/** Saved of the host only. */
export const SAVED_FDB = 'fdb';
export const SAVED_NTABLE = 'ntable';

type TextName = (typeof SAVED_TEXTS)[number];
/** A text as it was read, or why it could not be. */
export type SavedTexts = Readonly<Record<TextName, Fact<string>>> & {
  readonly settings?: Fact<string>;
};

export interface SavedNetns {
  /** The folder: a name of `ip netns`, or `pid-4711-web` for the namespace of process 4711. */
  readonly name: string;
  readonly texts: SavedTexts;
}

export interface SavedHost {
  readonly host: SavedTexts;
  /** `bridge -j fdb` in the host's namespace. */
  readonly fdb: Fact<string>;
  /** `ip -s -j ntable show name arp_cache`. */
  readonly ntable?: Fact<string>;
  readonly others: readonly SavedNetns[];
}

/** Not a real inode: namespaces have none in saved output, and are told apart by the order of their names. */
const HOST_INODE = 1;
const OF_A_PROCESS = /^pid-(?<pid>\d{1,10})(?:-(?<comm>.+))?$/su;
const NOT_SAVED = unknown('skipped', 'made from saved output, which does not tell');
/** A command that always prints something: an empty text was cut. */
const NEVER_EMPTY = new Set<string>(['link', 'addr']);

/** The facts that saved output tells; a text that is missing or damaged costs its own namespace and no more. */
export function factsOfSavedHost({ host, fdb, ntable, others }: SavedHost): Facts {
  const content = contentOf(host);
  const filter = parsed(fdb, SAVED_FDB, parseBridgeFdb);
  const named = others.toSorted((a, b) => byText(a.name, b.name));
  const around: Surroundings = {
    hostLinks: content.state === 'known' ? content.value.links : [],
    filter: filter.state === 'known' ? filter.value : undefined,
  };
  const own: Netns = { ...NOWHERE, inode: HOST_INODE, isHost: true, content };
  return {
    namespaces: known([
      own,
      ...named
        .map((netns, index) => netnsOf(netns, HOST_INODE + 1 + index, around))
        .filter(
          ({ content: other }) =>
            other.state !== 'known' || other.value.links.some(isOnSharedParent),
        ),
    ]),
    fdb: filter,
    platform: NOT_SAVED,
    wireless: NOT_SAVED,
    macvlanSupport: NOT_SAVED,
    runtime: NOT_SAVED,
    persistentConfig: NOT_SAVED,
    routeLookups: NOT_SAVED,
    neighboursAfter: NOT_SAVED,
    machine: NOT_SAVED,
    nics: NOT_SAVED,
    neighbourTable: tableIn(ntable),
    neighbourTableAfter: NOT_SAVED,
    traffic: NOT_SAVED,
    services: NOT_SAVED,
    filters: NOT_SAVED,
    resolvers: NOT_SAVED,
    plan: NOT_SAVED,
    sweeps: NOT_SAVED,
  };
}

function tableIn(text: Fact<string> = NOT_SAVED): Fact<NeighbourTable> {
  return text.state === 'known' ? parseIpNtable(text.value) : text;
}

/** The whole snapshot; `takenAt` is when the output was saved. */
export function snapshotOfSavedHost(
  saved: SavedHost,
  made: Pick<Snapshot, 'tool' | 'takenAt'>,
): Snapshot {
  return {
    schemaVersion: SNAPSHOT_SCHEMA_VERSION,
    ...made,
    scope: { parents: [], networks: [], containers: [] },
    facts: factsOfSavedHost(saved),
    observations: [],
    probing: unknown('skipped', 'made from saved output'),
    sources: [
      {
        id: 'saved-output',
        reads: [...SAVED_TEXTS, SAVED_SETTINGS, SAVED_FDB, SAVED_NTABLE],
        durationMs: 0,
      },
    ],
  };
}

interface Surroundings {
  readonly hostLinks: readonly Link[];
  /** The host's receive filters, where they were saved. */
  readonly filter: readonly FdbEntry[] | undefined;
}

const NOWHERE = { isHost: false, mounts: [], processes: [] };

function netnsOf({ name, texts }: SavedNetns, inode: number, around: Surroundings): Netns {
  const content = contentOf(texts);
  const place = { ...NOWHERE, inode, ...placeOf(name) };
  if (content.state !== 'known') return { ...place, content };
  const hostNsid = hostNsidOf(content.value.links, around);
  return { ...place, content: known({ ...content.value, hostNsid }) };
}

function placeOf(name: string): Pick<Netns, 'mounts'> | Pick<Netns, 'processes'> {
  const { pid, comm } = OF_A_PROCESS.exec(name)?.groups ?? {};
  return pid === undefined
    ? { mounts: [`/run/netns/${name}`] }
    : { processes: [{ pid: Number(pid), comm: comm ?? 'process' }] };
}

function contentOf(texts: SavedTexts): Fact<NetnsContent> {
  const links = parsed(texts.link, 'link', parseIpLinks);
  const addresses = parsed(texts.addr, 'addr', parseIpAddresses);
  const routes = parsed(texts.route, 'route', (text) => parseIpRoutes(text, 'inet'));
  const routes6 = parsed(texts.route6, 'route6', (text) => parseIpRoutes(text, 'inet6'));
  const rules = parsed(texts.rule, 'rule', (text) => parseIpRules(text, 'inet'));
  const rules6 = parsed(texts.rule6, 'rule6', (text) => parseIpRules(text, 'inet6'));
  const neighbours = parsed(texts.neigh, 'neigh', parseIpNeighbours);
  // A list that is missing must not pass for an empty one: there would be findings in what nobody looked at.
  if (links.state !== 'known') return links;
  if (addresses.state !== 'known') return addresses;
  if (routes.state !== 'known') return routes;
  if (routes6.state !== 'known') return routes6;
  if (rules.state !== 'known') return rules;
  if (rules6.state !== 'known') return rules6;
  if (neighbours.state !== 'known') return neighbours;
  const settings = texts.settings && valueOf(texts.settings);
  const ipv4 = settings === undefined ? undefined : parseSysctl(settings);
  return known({
    links: links.value,
    addresses: addresses.value,
    routes: sortRoutes([...routes.value, ...routes6.value]),
    rules: [...rules.value, ...rules6.value],
    neighbours: neighbours.value,
    hostNsid: null,
    ...(ipv4 && { ipv4 }),
  });
}

function parsed<T>(
  text: Fact<string>,
  name: string,
  parse: (text: string) => Fact<T[]>,
): Fact<T[]> {
  if (text.state !== 'known') return text;
  if (NEVER_EMPTY.has(name) && text.value.trim() === '') {
    return unknown('failed', `the saved output in ${name}.json is empty`);
  }
  return parse(text.value);
}

/**
 * Namespace ids are relative, and saved output does not tell which one is the host's. It is taken to be the one id
 * whose every macvlan link stands on a link of the saved host, by index, and whose MACs stand in that link's filter
 * as far as they must (a link that is down has no entry). Where two ids would do, or none, nothing is claimed.
 */
function hostNsidOf(links: readonly Link[], around: Surroundings): number | null {
  const ids = new Set(
    links.filter((link) => isMacvlanKind(link)).flatMap((link) => link.link_netnsid ?? []),
  );
  const fitting = [...ids].filter((id) =>
    links
      .filter((link) => isMacvlanKind(link) && link.link_netnsid === id)
      .every((link) => standsOnHost(link, around)),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

function standsOnHost(link: Link, { hostLinks, filter }: Surroundings): boolean {
  const lower = hostLinks.find(({ ifindex }) => ifindex === link.link_index);
  if (lower?.link_type !== 'ether') return false;
  const isListed = link.flags.includes('UP') && link.linkinfo?.info_data?.mode !== 'passthru';
  if (filter === undefined || !isListed) return true;
  return filter.some((entry) => entry.ifname === lower.ifname && entry.mac === link.address);
}
