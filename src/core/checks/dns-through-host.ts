// Names that are asked for across the wall between a host and its own macvlan children.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import {
  anotherServer,
  askedEvidence,
  leftOpen,
  NO_CURE,
  severityOf,
  silenceOnTheWay,
} from '../derive/engine-traffic/dns-words.js';
import {
  askedFromHost,
  type AskedFromHost,
  askingHost,
  type AsksHost,
  askingUntold,
} from '../derive/engine-traffic/through-host.js';
import { partsBetween } from '../derive/verdicts/misled.js';
import { aboutChild, aboutChildren, groupBy, listOf } from '../derive/wording/victims.js';
import { hostAccess } from '../fixes/host-access.js';

interface OnHost {
  readonly server: string;
  readonly children: readonly string[];
}

interface InChild {
  readonly server: string;
  readonly child: string;
  readonly containers: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'dns-through-host',
    category: 'runtime',
    severity: 'fail',
    title: {
      pass: 'Nobody asks for names across the wall between the host and its children',
      found: 'Names are asked for where macvlan lets nothing through',
    },
    needs: ['namespaces', 'resolvers'],
    dependsOn: [
      'desktop-vm',
      'rootless-namespace',
      'parent-down',
      'parent-no-carrier',
      'child-down',
      'shim-down',
      'shim-mode',
      'shim-route-missing',
      'shim-route-shadowed',
      'shim-firewalled',
    ],
    docs: {
      explain: `A host and its own macvlan children do not reach each other (host-child-isolation). A DNS server on the one side is no server for the other: addresses answer, names do not.

Three forms of it. A child asks a server that runs on the host, at the address of its parent. The host asks a server that runs in one of its own children, such as a Pi-hole, so that the host itself finds no names. And the engine asks such a server on behalf of its containers: Docker's embedded resolver (127.0.0.11) asks the servers that it took from the host's resolv.conf out of the host's namespace since Docker 28, and out of the container's before; servers given with --dns it asks out of the container's. So with Docker 28 a Pi-hole on macvlan, named in the host's resolv.conf, takes the names from every container of that host, on whatever network. The comment "# ExtServers: [host(192.0.2.53)]" in a container's resolv.conf says which servers are asked from the host.

What works: a shim, which opens the way from the host to the child; a server that is neither this host nor on it, in the host's resolv.conf or with --dns; for a server on the host, the shim's address, which the children do reach.

What does not help: --dns 127.0.0.1, which is the container itself; mounting another resolv.conf into the container, which the engine's resolver does not read; opening port 53 in the host's firewall.`,
      references: [
        'resolv.conf(5); moby: libnetwork, resolver.go (dialExtDNS); commit d29767431c',
        'mpgirro/docker-pihole-unbound issues 4 and 10; pi-hole/docker-pi-hole issue 614',
      ],
    },
  },
  messages: {
    'on-host': ({ server, children }: OnHost) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'asks' : 'ask'} ${server} for names, which is this host itself.`,
      why: 'macvlan keeps a parent and its children apart, so the questions never get there.',
      todo: 'Name another server there, or one that listens on an address of this host which its children reach.',
    }),
    'in-child': ({ server, child, containers }: InChild) => ({
      what: `This host asks ${server} for names, which is its own macvlan child ${child}.`,
      why: `macvlan keeps a parent and its children apart, so the questions never get there${containers.length === 0 ? '' : `; nor do those that the engine asks from here for ${listOf(containers)}`}.`,
      todo: `Give the host a way to ${child}, or another server.`,
    }),
    'for-containers': ({ server, child, containers }: InChild) => ({
      what: `The engine asks ${server} for names on behalf of ${listOf(containers)}, and does so from this host, whose own macvlan child ${child} it is.`,
      why: 'macvlan keeps a parent and its children apart, so the questions never get there.',
      todo: `Give the host a way to ${child}, or the containers another server.`,
    }),
  },
  evaluate(_facts, context) {
    const asking = askingHost(context);
    const asked = askedFromHost(context);
    const untold = askingUntold(context);
    if (asking.length + asked.length + untold.length === 0) {
      return { notApplicable: 'no server for names is across the wall between host and children' };
    }
    const cut = asking.filter(({ reach }) => reach === 'silent');
    const byServer = groupBy(cut, ({ parent, server }) => `${parent.name} ${server}`);
    return {
      findings: [
        ...byServer.flatMap(([, group]) => reportOnHost(group, context)),
        ...asked.flatMap((one) => (one.reach === 'silent' ? [reportInChild(one, context)] : [])),
      ],
      undetermined: leftOpen(asking, asked, untold, context),
    };
  },
});

function reportOnHost(group: readonly AsksHost[], context: CheckContext) {
  const [first] = group;
  if (first === undefined) return [];
  const { parent, server } = first;
  const children = group.map(({ child }) => child);
  const about = aboutChildren(children, parent);
  const finding = {
    code: 'on-host' as const,
    ...severityOf(group.some(({ isOnly }) => isOnly)),
    ...about,
    within: [...about.within, ...partsBetween(parent, children, context), HOST],
    data: { server, children: children.map(({ label }) => label) },
    evidence: [
      { from: 'resolvers', says: `${listOf(children.map(({ label }) => label))}: ${server}` },
      { from: 'addresses', says: `${server} stands on ${parent.name} of this host` },
      ...silenceOnTheWay(group, context),
    ],
    advice: [
      anotherServer(children, parent),
      'Or give this host a shim and name the address of the shim: that one its children reach.',
      NO_CURE,
    ],
  };
  return [finding];
}

function reportInChild(one: AskedFromHost, context: CheckContext) {
  const { child, parent, server, isHosts, isOnly } = one;
  const containers = one.containers.map(({ label }) => label);
  const about = aboutChild(child);
  return {
    code: isHosts ? ('in-child' as const) : ('for-containers' as const),
    ...severityOf(isOnly),
    ...about,
    within: [...about.within, ...partsBetween(parent, [child], context), HOST],
    data: { server, child: child.label, containers },
    evidence: askedEvidence(one, context),
    remedies: child.mode === 'bridge' ? hostAccess(parent, [child], context) : [],
    advice: [
      `Or name a server that is not on this host, in ${isHosts ? "this host's resolv.conf" : 'the resolv.conf that the engine reads, or with --dns (asked out of the container, which does reach it)'}.`,
      NO_CURE,
    ],
  };
}
