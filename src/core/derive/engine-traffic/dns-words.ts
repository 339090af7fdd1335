// What is said of names that are asked for across the wall between host and children: what was seen, and what was not.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence, Undecided } from '../../../model/finding.js';
import { HOST } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { find, findAll, tally } from '../verdicts/reach.js';
import { aboutChild, listOf, parentSubject } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import type { AskedFromHost, AsksHost, askingUntold } from './through-host.js';
import { whyUnseen } from '../wording/how-to-ask.js';

/** Popular, and wrong. */
export const NO_CURE =
  '--dns 127.0.0.1 is the container itself; another resolv.conf mounted into the container does not change whom the engine asks.';

/** The routers of the children mostly answer for names as well, where they are not this host. */
export function anotherServer(children: readonly Child[], { addresses }: Parent): string {
  const own = new Set(addresses.map(({ local }) => local));
  const routers = [...new Set(children.flatMap(({ gateways }) => gateways))].filter(
    (ip) => !own.has(ip),
  );
  const hint =
    routers.length === 0 ? '' : `: mostly the router ${listOf(routers)} answers for names as well`;
  return `Give them another server (--dns, dns: in a compose file)${hint}.`;
}

/** With another server after it every name takes seconds, and comes. */
export function severityOf(isOnly: boolean): { readonly severity?: 'warn' } {
  return isOnly ? {} : { severity: 'warn' };
}

/** Probed, or where nobody asked that very address, by the model. */
export function silenceOnTheWay(
  group: readonly AsksHost[],
  { observations }: CheckContext,
): Evidence[] {
  const pings = group.flatMap(({ child, server }) =>
    find(observations, { probe: 'child-host-icmp', child: child.name, target: server }),
  );
  const { sent } = tally(pings);
  if (sent > 0) {
    return [
      {
        from: 'probe:child-host-icmp',
        says: `${counted(sent, 'echo request')} from there to it, no answer`,
      },
    ];
  }
  return [...new Set(group.flatMap(({ because }) => because ?? []))].map((says) => ({
    from: 'model',
    says,
  }));
}

/** Who asks, and that the host did not get through. */
export function askedEvidence(
  { child, server, isHosts, containers }: AskedFromHost,
  { observations }: CheckContext,
): Evidence[] {
  const pings = tally(findAll(observations, 'host-child-icmp', [child])).sent;
  const requests = tally(findAll(observations, 'host-child-arp', [child])).sent;
  const names = listOf(containers.map(({ label }) => label));
  return [
    ...(isHosts ? [{ from: 'resolvers', says: `this host asks ${server}` }] : []),
    ...(containers.length === 0
      ? []
      : [
          {
            from: 'resolvers',
            says: `${names}: host(${server}), asked from the host's namespace`,
          },
        ]),
    {
      from: 'probe:host-child-icmp',
      says: `${counted(pings, 'echo request')} and ${counted(requests, 'ARP request')} from the host to ${child.label} ${server}, no answer`,
    },
  ];
}

/** What nobody saw, and how to see it. */
export function leftOpen(
  asking: readonly AsksHost[],
  asked: readonly AskedFromHost[],
  untold: ReturnType<typeof askingUntold>,
  context: CheckContext,
): Undecided[] {
  const why = whyUnseen(context, 'nothing answered that question');
  return [
    ...asking
      .filter(({ reach }) => reach === 'unknown')
      .map(({ child, parent, server }) => ({
        ...aboutChild(child),
        within: [parentSubject(parent.name), HOST],
        reason: `whether children reach ${server} of this host, which they ask for names, was not seen: ${why}`,
      })),
    ...asked
      .filter(({ reach }) => reach === 'unknown')
      .map(({ child, server }) => ({
        ...aboutChild(child),
        reason: `whether this host reaches its child at ${server}, which is asked for names from here, was not seen: ${why}`,
      })),
    ...untold.map(({ child, server }) => ({
      ...aboutChild(child),
      reason: `this engine does not tell whom it asks for names: by this host's resolv.conf it is ${server}, which is this host, and then no name is found there; try a name inside the container`,
    })),
  ];
}
