// Names that are asked for across the wall between a host and its own macvlan children.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { type Evidence, HOST, type Undecided } from '../../model/finding.js';
import {
  askedFromHost,
  type AskedFromHost,
  askingHost,
  type AsksHost,
  askingUntold,
} from '../derive/engine-traffic/through-host.js';
import { partsBetween } from '../derive/verdicts/misled.js';
import { find, findAll, tally } from '../derive/verdicts/reach.js';
import {
  aboutChild,
  aboutChildren,
  groupBy,
  listOf,
  parentSubject,
} from '../derive/wording/victims.js';
import { counted } from '../derive/wording/words.js';
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
        'resolv.conf(5); Docker documentation: DNS services',
        'moby: libnetwork, resolver.go (dialExtDNS) and resolvconf.go; commit d29767431c',
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
    const cut = groupBy(
      asking.filter(({ reach }) => reach === 'silent'),
      ({ parent, server }) => `${parent.name} ${server}`,
    );
    return {
      findings: [
        ...cut.flatMap(([, group]) => reportOnHost(group, context)),
        ...asked
          .filter(({ reach }) => reach === 'silent')
          .map((one) => reportInChild(one, context)),
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
  const routers = [...new Set(children.flatMap(({ gateways }) => gateways))].filter((ip) =>
    parent.addresses.every(({ local }) => local !== ip),
  );
  const finding = {
    code: 'on-host' as const,
    ...severityOf(group.some(({ isOnly }) => isOnly)),
    ...about,
    within: [...about.within, ...partsBetween(parent, children, context), HOST],
    data: { server, children: children.map(({ label }) => label) },
    evidence: [
      { from: 'resolvers', says: `${listOf(children.map(({ label }) => label))}: ${server}.` },
      { from: 'addresses', says: `${server} stands on ${parent.name} of this host.` },
      ...silenceOnTheWay(group, context),
    ],
    advice: [
      `Give them another server (--dns, dns: in a compose file)${routers.length === 0 ? '' : `: mostly the router ${listOf(routers)} answers for names as well`}.`,
      'Or give this host a shim and name the address of the shim: that one its children reach.',
      WRONG,
    ],
  };
  return [finding];
}

function silenceOnTheWay(group: readonly AsksHost[], { observations }: CheckContext): Evidence[] {
  const pings = group.flatMap(({ child, server }) =>
    find(observations, { probe: 'child-host-icmp', child: child.name, target: server }),
  );
  const { sent } = tally(pings);
  if (sent > 0) {
    return [
      {
        from: 'probe:child-host-icmp',
        says: `${counted(sent, 'echo request')} from there to it, no answer.`,
      },
    ];
  }
  return [...new Set(group.flatMap(({ because }) => because ?? []))].map((says) => ({
    from: 'model',
    says,
  }));
}

function reportInChild(one: AskedFromHost, context: CheckContext) {
  const { child, parent, server, isHosts, isOnly } = one;
  const containers = one.containers.map(({ label }) => label);
  const pings = tally(findAll(context.observations, 'host-child-icmp', [child])).sent;
  const requests = tally(findAll(context.observations, 'host-child-arp', [child])).sent;
  const about = aboutChild(child);
  return {
    code: isHosts ? ('in-child' as const) : ('for-containers' as const),
    ...severityOf(isOnly),
    ...about,
    within: [...about.within, ...partsBetween(parent, [child], context), HOST],
    data: { server, child: child.label, containers },
    evidence: [
      ...(isHosts ? [{ from: 'resolvers', says: `this host asks ${server}.` }] : []),
      ...(containers.length === 0
        ? []
        : [
            {
              from: 'resolvers',
              says: `${listOf(containers)}: host(${server}), asked from the host's namespace.`,
            },
          ]),
      {
        from: 'probe:host-child-icmp',
        says: `${counted(pings, 'echo request')} and ${counted(requests, 'ARP request')} from the host to ${child.label} ${server}, no answer.`,
      },
    ],
    remedies: child.mode === 'bridge' ? hostAccess(parent, [child], context) : [],
    advice: [
      `Or name a server that is not on this host, in ${isHosts ? "this host's resolv.conf" : 'the resolv.conf that the engine reads, or with --dns (asked out of the container, which does reach it)'}.`,
      WRONG,
    ],
  };
}

const WRONG =
  '--dns 127.0.0.1 is the container itself; another resolv.conf mounted into the container does not change whom the engine asks.';

/** With another server after it every name takes seconds, and comes. */
function severityOf(isOnly: boolean): { readonly severity?: 'warn' } {
  return isOnly ? {} : { severity: 'warn' };
}

function leftOpen(
  asking: readonly AsksHost[],
  asked: readonly AskedFromHost[],
  untold: ReturnType<typeof askingUntold>,
  { notProbed = 'nothing answered that question' }: CheckContext,
): Undecided[] {
  return [
    ...asking
      .filter(({ reach }) => reach === 'unknown')
      .map(({ child, parent, server }) => ({
        ...aboutChild(child),
        within: [parentSubject(parent.name), HOST],
        reason: `whether children reach ${server} of this host, which they ask for names, was not seen: ${notProbed}; run as root without --passive`,
      })),
    ...asked
      .filter(({ reach }) => reach === 'unknown')
      .map(({ child, server }) => ({
        ...aboutChild(child),
        reason: `whether this host reaches its child at ${server}, which is asked for names from here, was not seen: ${notProbed}; run as root without --passive`,
      })),
    ...untold.map(({ child, server }) => ({
      ...aboutChild(child),
      reason: `this engine does not tell whom it asks for names: by this host's resolv.conf it is ${server}, which is this host, and then no name is found there; try a name inside the container`,
    })),
  ];
}
