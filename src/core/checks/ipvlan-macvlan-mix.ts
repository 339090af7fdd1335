// A network whose containers cannot start because its parent carries links of the other kind now.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Evidence, Undecided } from '../../model/finding.js';
import { HOST } from '../../model/finding.js';
import {
  type Blocked,
  blockedOn,
  type Kind,
  type Occupant,
  openOn,
  sharedParents,
} from '../derive/verdicts/one-kind.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

interface Mix {
  readonly parent: string;
  readonly holds: Kind;
  readonly holders: readonly string[];
  readonly networks: readonly string[];
  /** Containers of these networks that do not run. */
  readonly waiting: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'ipvlan-macvlan-mix',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'No parent carries macvlan links where ipvlan ones are wanted, or the other way round',
      found: 'A parent carries links of one kind, and a network wants the other',
    },
    needs: ['namespaces', 'runtime'],
    dependsOn: ['desktop-vm', 'rootless-namespace', 'parent-enslaved', 'parent-not-ethernet'],
    docs: {
      explain: `macvlan and ipvlan both take what their parent receives, and a device hands that to one owner. The first link of either kind makes the parent that kind's; as long as one exists, up or down, in whatever namespace, the kernel refuses links of the other with "device or resource busy". (Engines of old said "operation not supported, ensure there are no macvlan networks using the same -o parent".)

Networks of both drivers may well name one parent: making a network makes no link. It is starting a container that fails, and which of the two kinds works depends on who came first. A shim of the host's is a macvlan link too and keeps ipvlan out just the same.

Reported is only what cannot start now. Two networks on paper, with nothing running on either, are not; nor are links of both kinds on VLAN links of one card, since the rule holds per device.

What works: one driver for all networks of the parent; a VLAN link of its own for one of them; stopping everything of the one kind before the other starts. What does not help: restarting the engine, which starts the same containers again in an order of its own; promiscuous mode. In l2 mode ipvlan has the same host isolation as macvlan, so changing drivers does not bring the host any nearer to its containers.`,
      references: [
        'net/core/dev.c, netdev_rx_handler_register',
        'Documentation/networking/ipvlan.rst',
        'moby/libnetwork pull request 964; k8snetworkplumbingwg/multus-cni issue 1339',
      ],
    },
  },
  messages: {
    blocked: ({ parent, holds, holders, networks, waiting }: Mix) => ({
      what: `${parent} carries ${holds} links (${listOf(holders)}), and ${listOf(networks)} on it ${networks.length === 1 ? 'is a network' : 'are networks'} of ${otherThan(holds)}.`,
      why: `A device carries one of the two kinds at a time: ${waiting.length === 0 ? `no container of ${networks.length === 1 ? 'it' : 'them'} can start` : `${listOf(waiting)} cannot start`} ("device or resource busy") as long as one of those links exists.`,
      todo: 'Use one of the two drivers for everything on this parent, or give one of them a device of its own.',
    }),
  },
  evaluate(_facts, context) {
    const shared = sharedParents(context);
    if (shared.length === 0) {
      return { notApplicable: 'no parent here has to do with both macvlan and ipvlan' };
    }
    return {
      findings: shared.flatMap((parent) => {
        const blocked = blockedOn(parent, context);
        return blocked === undefined ? [] : [report(blocked, context)];
      }),
      undetermined: shared
        .filter((parent) => openOn(parent, context))
        .map(({ name }) => open(name)),
    };
  },
});

function otherThan(kind: Kind): Kind {
  return kind === 'macvlan' ? 'ipvlan' : 'macvlan';
}

function report(
  { parent, holds, occupants, networks, waiting, isWanted }: Blocked,
  context: CheckContext,
) {
  const flavour =
    context.facts.runtime.state === 'known' ? context.facts.runtime.value.engine.flavour : 'docker';
  const names = networks.map(({ name }) => name);
  return {
    code: 'blocked' as const,
    // Nothing that was to run is kept from it where nobody is on the network.
    ...(isWanted ? {} : { severity: 'warn' as const }),
    subject: parentSubject(parent.name),
    within: [HOST],
    also: networks.map(({ name }) => ({ kind: 'network' as const, name })),
    data: {
      parent: parent.name,
      holds,
      holders: occupants.map(({ name }) => name),
      networks: names,
      waiting: waiting.map(({ name }) => name),
    },
    evidence: [
      ...occupants.slice(0, 3).map((one) => seen(one, parent.name, flavour)),
      ...networks.map(({ name, driver }) => ({
        from: flavour,
        says: `network ${name} has the driver ${driver} and parent=${parent.name}`,
      })),
      ...waiting.slice(0, 3).map(({ name, state }) => ({
        from: flavour,
        says: `container ${name} is on one of these and does not run (${state})`,
      })),
    ],
    advice: [
      `Make ${listOf(names)} anew with -d ${holds}, like what runs on ${parent.name}; or the other way round, make everything on ${parent.name} ${otherThan(holds)}.`,
      `Or give ${listOf(names)} another device as parent, such as a VLAN link on ${parent.name}: the rule holds per device.`,
      `Until then only one kind runs at a time: what holds ${parent.name} now has to be stopped, or deleted, first. Restarting the engine does not settle it.`,
    ],
  };
}

function seen({ name, how }: Occupant, parent: string, flavour: string): Evidence {
  return how === 'link'
    ? { from: 'links', says: `${name} is there on ${parent}` }
    : { from: flavour, says: `${name} runs on ${parent}` };
}

function open(name: string): Undecided {
  return {
    subject: parentSubject(name),
    within: [HOST],
    reason: `networks of macvlan and of ipvlan share ${name}, and which of the two it carries now could not be seen; run as root`,
  };
}
