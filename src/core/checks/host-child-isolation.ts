// The host and its own children: kept apart by macvlan's design.
import { defineCheck, type CheckContext } from '../../model/check.js';
import {
  isolationEvidence,
  isolationLeftOpen,
  isolationOn,
  type Isolation,
} from '../derive/verdicts/host-isolation.js';
import { partsBetween } from '../derive/verdicts/misled.js';
import {
  namesAndIps,
  type Routed,
  type RoutedData,
  routedFinding,
  routedLeftOpen,
  routedOn,
  routedWording,
} from '../derive/verdicts/routed.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import { hostAccess } from '../fixes/host-access.js';

export default defineCheck({
  meta: {
    id: 'host-child-isolation',
    category: 'macvlan',
    severity: 'warn',
    title: {
      pass: 'No child is out of the reach of its own host',
      found: 'The host cannot talk to its own children',
    },
    needs: ['namespaces'],
    // What stands between them and can be told: these say it better.
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'parent-enslaved',
      'passthru-shared',
      'shim-down',
      'shim-mode',
      'shim-route-missing',
      'shim-route-shadowed',
      'gateway-is-host',
    ],
    failsUnder: 'host-access',
    docs: {
      explain: `macvlan looks at frames that come in by the wire, and at frames that a child sends. What the host itself sends on the parent is neither: it goes straight out, and the switch does not send it back. So the host and its own children cannot talk to each other, while every other machine on the LAN can talk to both. This is how macvlan is built, and no fault of the LAN.

It matters when the host needs a service that runs in such a container (its DNS server, its backup target), or the container needs one of the host's. Otherwise nothing has to be done.

What works: a shim, that is a macvlan link of the host's own in bridge mode, with a /32 address and a route for each child; or a second, ordinary bridge network for the container. A shim reaches bridge-mode children only. What does not work: promiscuous mode, a shim with a /24 address and no routes, opening the firewall, ipvlan in l2 mode (which has the same gap).`,
      references: [
        'drivers/net/macvlan.c, macvlan_queue_xmit and macvlan_handle_frame',
        'Docker: Macvlan network driver',
      ],
    },
  },
  messages: {
    isolated: ({ parent, children }: IsolatedData) => ({
      what: `This host cannot talk to its own ${children.length === 1 ? 'child' : 'children'} on ${parent}: ${listOf(children)}.`,
      why: 'macvlan is built that way: what the host sends on the parent goes out by the wire and never to a child. The rest of the LAN is not affected.',
      todo: 'Only if you need it: give the host a shim.',
    }),
    private: ({ parent, children }: IsolatedData) => ({
      what: `This host cannot talk to its own ${children.length === 1 ? 'child' : 'children'} on ${parent}: ${listOf(children)}.`,
      why: 'macvlan keeps a parent and its children apart, and in private mode a shim would not reach them either. The rest of the LAN is not affected.',
      todo: 'Only if you need it: a second network for the container, or bridge mode and then a shim.',
    }),
    routed: (data: RoutedData) => routedWording(data),
  },
  evaluate(_facts, context) {
    const cases = context.topology.parents.map((parent) => isolationOn(parent, context));
    const concerned = cases.filter((one) => one.concerned.length > 0);
    const routed = context.topology.parents.flatMap((parent) => routedOn(parent, context) ?? []);
    if (concerned.length + routed.length === 0) {
      return {
        notApplicable: 'the host speaks to no bridge or private child directly by its parent',
      };
    }
    return {
      findings: [
        ...concerned.filter((one) => isFound(one)).map((one) => report(one, context)),
        ...routed.filter(({ lost }) => lost.length > 0).map((one) => reportRouted(one, context)),
      ],
      undetermined: [
        ...concerned
          .filter((one) => !isFound(one) && one.open.length > 0)
          .map((one) => isolationLeftOpen(one, context)),
        ...routedLeftOpen(routed, context),
      ],
    };
  },
});

interface IsolatedData {
  readonly parent: string;
  readonly children: readonly string[];
}

function isFound({ apart, beyond }: Isolation): boolean {
  return apart.length + beyond.length > 0;
}

function report({ parent, apart, beyond }: Isolation, context: CheckContext) {
  const all = [...apart, ...beyond];
  return {
    code: apart.length > 0 ? ('isolated' as const) : ('private' as const),
    subject: parentSubject(parent.name),
    data: {
      parent: parent.name,
      children: namesAndIps(all),
    },
    within: [...partsBetween(parent, all, context), HOST],
    evidence: isolationEvidence(parent, all, context),
    remedies: apart.length > 0 ? hostAccess(parent, apart, context) : [],
    advice:
      beyond.length === 0
        ? []
        : [
            `No shim reaches ${listOf(beyond.map(({ label }) => label))} (private mode). What does: a second, ordinary bridge network for the container, whose address the host then uses; or bridge mode.`,
          ],
  };
}

function reportRouted(routed: Routed, context: CheckContext) {
  const remedies = hostAccess(routed.parent, routed.lost, context);
  return { code: 'routed' as const, ...routedFinding(routed, context), remedies };
}
