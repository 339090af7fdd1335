// Traffic between the links of one parent that strict reverse path filtering drops, by the link that drops it.
import type { Evidence } from '../../../model/finding.js';
import { known } from '../../../model/fact.js';
import type { Ipv4Conf, Netns } from '../../../model/netns.js';
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Expectation, Facts } from '../../../model/snapshot.js';
import type { Child, Shim, Topology } from '../../../model/topology.js';
import { planProbes } from '../probing/probe-plan.js';
import { ipv4Of, isProbeable } from '../probing/probe-targets.js';
import { reflects, tally } from '../verdicts/reach.js';
import { groupBy, listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { predict } from './predict.js';
import type { Asked, ReversePath } from './prediction.js';
import { stationsCalled, stationsIn } from './find-stations.js';
import type { Station } from './stations.js';

export interface Seen {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly observations: readonly Observation[];
  readonly expectations: readonly Expectation[];
}

/** One link, and all that it drops. */
export interface FilteredPath {
  readonly station: Station;
  readonly paths: readonly ReversePath[];
  /** Probes that it ate; none where nothing was sent that way. */
  readonly silent: readonly Observation[];
  /** Another end may answer in its place, and nobody has tried. */
  readonly isOpen: boolean;
  /** What the link is called, where it is not the parent itself. */
  readonly child: Child | undefined;
  readonly shim: Shim | undefined;
}

/** Where an answer was seen after all, nothing is dropped. */
export function filteredPaths(seen: Seen): FilteredPath[] {
  const { topology, facts, observations } = seen;
  const ports = new Map(topology.parents.map((parent) => [parent.name, reflects(parent, seen)]));
  const dropped = questionsOf(seen).flatMap((question) => {
    const port = ports.get(question.parent) ?? 'unknown';
    const { outcome, dropped: path } = predict(question, { topology, facts, reflects: port });
    const station = path && stationOf(path, topology);
    if (path === undefined || station === undefined) return [];
    const tried = observations.filter((one) => isSame(one, question));
    if (tried.some((one) => isAnswered(one))) return [];
    const silent = tried.filter((one) => isSilent(one));
    return [{ station, path, silent, isOpen: outcome !== 'silence' && silent.length === 0 }];
  });
  const byLink = groupBy(dropped, ({ path }) => `${path.netns.inode.toString()} ${path.link}`);
  return byLink.flatMap(([, all]) => {
    const sure = all.filter(({ isOpen }) => !isOpen);
    const members = sure.length > 0 ? sure : all;
    const [first] = members;
    if (first === undefined) return [];
    const bySource = new Map(members.map(({ path }) => [path.source, path]));
    const paths = [...bySource.values()];
    const silent = members.flatMap((member) => member.silent);
    const { station, isOpen } = first;
    return [{ station, paths, silent: [...new Set(silent)], isOpen, ...endOf(station) }];
  });
}

/** What namespaces whose settings were not read would drop, were they strict: only there does it matter. */
export function unreadPaths(seen: Seen): FilteredPath[] {
  const { host, parents } = seen.topology;
  const topology = {
    ...seen.topology,
    host: strictUnlessRead(host),
    parents: parents.map((parent) => ({
      ...parent,
      children: parent.children.map((child) => ({
        ...child,
        netns: strictUnlessRead(child.netns),
      })),
    })),
  };
  const unread = new Set(
    stationsIn(seen.topology)
      .filter(({ content }) => content !== undefined && content.ipv4 === undefined)
      .map(({ netns }) => netns.inode),
  );
  if (unread.size === 0) return [];
  return filteredPaths({ ...seen, topology }).filter(({ station }) =>
    unread.has(station.netns.inode),
  );
}

const STRICT: Ipv4Conf = {
  rp_filter: 1,
  arp_ignore: 0,
  arp_announce: 0,
  arp_filter: 0,
  proxy_arp: 0,
  forwarding: 0,
};

function strictUnlessRead(netns: Netns): Netns {
  const { content } = netns;
  if (content.state !== 'known' || content.value.ipv4 !== undefined) return netns;
  const links = Object.fromEntries(content.value.links.map(({ ifname }) => [ifname, STRICT]));
  const ipv4 = { all: STRICT, links, ignoresEcho: false };
  return { ...netns, content: known({ ...content.value, ipv4 }) };
}

/** What is really sent, or would be, and what children would send to every shim; a bound echo is nobody's traffic. */
function questionsOf({ topology, facts, observations, expectations }: Seen): Asked[] {
  const steps = observations.length > 0 ? observations : planProbes(topology, facts, expectations);
  const real = steps.filter(({ send }) => send.kind === 'icmp' && send.device === undefined);
  const toShims = topology.parents.flatMap((parent) =>
    parent.shims.flatMap((shim) =>
      ipv4Of(shim).flatMap((target) =>
        parent.children
          .filter((child) => isProbeable(child))
          .map(({ netns }): Asked => ({
            probe: 'child-shim-icmp',
            parent: parent.name,
            target,
            send: { kind: 'icmp', netns: netns.inode },
          })),
      ),
    ),
  );
  return [...real, ...toShims];
}

function isSame(observation: Observation, { send, target }: Asked): boolean {
  return (
    observation.target === target &&
    observation.send.kind === 'icmp' &&
    send.kind === 'icmp' &&
    observation.send.device === undefined &&
    observation.send.netns === send.netns
  );
}

function endOf({ netns, link, parent }: Station): Pick<FilteredPath, 'child' | 'shim'> {
  const isHere = (end: Child): boolean =>
    end.netns.inode === netns.inode && end.link.ifname === link.ifname;
  return {
    child: parent.children.find((end) => isHere(end)),
    shim: netns.isHost ? parent.shims.find(({ name }) => name === link.ifname) : undefined,
  };
}

function stationOf({ netns, link }: ReversePath, topology: Topology): Station | undefined {
  return stationsCalled(topology, netns.inode, link)[0];
}

/** The settings, the routes and what was tried. */
export function filteredEvidence({ station, paths, silent }: FilteredPath): Evidence[] {
  const link = station.link.ifname;
  const ipv4 = station.content?.ipv4;
  const [all, own] = [ipv4?.all.rp_filter ?? 0, ipv4?.links[link]?.rp_filter ?? 0];
  const routes = paths.map(({ source, backBy }) =>
    backBy === undefined ? `no route leads to ${source}` : `${source} leaves by ${backBy}`,
  );
  const { sent } = tally(silent);
  return [
    {
      from: 'settings',
      says: `rp_filter is ${all.toString()} in all and ${own.toString()} on ${link}; the higher one counts`,
    },
    { from: 'routes', says: `${listOf(routes)}, and packets from there come in by ${link}` },
    ...(sent === 0
      ? []
      : [
          {
            from: `probe:${silent[0]?.probe ?? 'icmp'}`,
            says: `${counted(sent, 'echo request')} that way stayed unanswered`,
          },
        ]),
  ];
}
