// A shim that works and that the host's routes miss, for some children or all; or routes into a shim of another parent.
import {
  inNeedOfShim,
  isInMain,
  type Misled,
  misledFinding,
  misledOn,
  type OtherParent,
  undecidedOf,
  wordingOf,
} from '../derive/verdicts/misled.js';
import { probeEvidence, routeEvidence } from '../derive/verdicts/shim-evidence.js';
import { lostOf, servicesOn } from '../derive/verdicts/shim-service.js';
import type { ShimService, Unserved } from '../derive/verdicts/shim-service.js';
import { aboutShim, listOf } from '../derive/wording/victims.js';
import addShimRoute from '../fixes/add-shim-route.js';
import hostShim from '../fixes/host-shim.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Parent, Shim } from '../../model/topology.js';

interface Missing {
  readonly shim: string;
  readonly children: readonly string[];
  readonly devices: readonly string[];
}

interface Partial extends Missing {
  readonly served: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'shim-route-missing',
    category: 'shim',
    severity: 'fail',
    title: {
      pass: 'The host reaches its children by the shim',
      found: 'The host has no route to its children by a shim that reaches them',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'shim-down', 'shim-mode', 'child-down'],
    failsUnder: 'host-access',
    docs: {
      explain: `A shim is a macvlan link of the host's own, on the same parent as the children. Frames pass between it and the children; they do not pass between the parent itself and the children. The host only uses the shim for an address when a route says so. Without one, the host's connected route on the parent is taken, and the packet goes out on the wire where no child ever sees it.

Told apart from a shim that does not work: a ping that is bound to the shim (ping -I SHIM CHILD) is answered, an ordinary one is not. A shim that leads to some children and not to others is a warning: as a rule a container came later and nobody added its route. When the host is never to speak to that child, leave it so and run with --skip shim-route-missing.

A shim on another parent than the children is the same trap the other way round: the routes lead into it, and it exchanges frames with children of its own parent alone. What it sends goes out by the wire of the wrong NIC. Where both NICs hang on one LAN that still arrives, so only an echo request of the host that stays unanswered is reported.

What does not help: proxy ARP, static ARP entries, promiscuous mode on the parent, and deleting the parent's own connected route, which cuts the host off its LAN. It takes one route per child, or one for the range that the children live in, by the shim.`,
      references: [
        'ip-route(8)',
        'ip-link(8), macvlan',
        'drivers/net/macvlan.c, macvlan_queue_xmit()',
      ],
    },
  },
  messages: {
    missing: ({ shim, children, devices }: Missing) => ({
      what: `${shim} could carry the host's traffic to ${listOf(children)}, and no route of the host leads into it.`,
      why: `The traffic ${fateBy(devices)}.`,
      todo: `Route each child's address by ${shim}.`,
    }),
    partial: ({ shim, children, devices, served }: Partial) => ({
      what: `The host reaches ${listOf(served)} by ${shim}, and has no route by it to ${listOf(children)}.`,
      why: `Traffic for ${listOf(children)} ${fateBy(devices)}.`,
      todo: `Route ${children.length === 1 ? 'that address' : 'those addresses'} by ${shim} as well.`,
    }),
    'other-parent': (data: OtherParent) => wordingOf(data),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const misled = parents.flatMap((parent) => misledOn(parent, context));
    if (misled.length === 0 && parents.every((parent) => parent.shims.length === 0))
      return { notApplicable: 'no shim here' };
    const services = parents.map((parent) => ({ parent, candidates: servicesOn(parent, context) }));
    return {
      findings: [
        ...services.flatMap(({ candidates }) => whollyMissing(candidates, context)),
        ...services.flatMap(({ parent, candidates }) => partlyMissing(candidates, parent, context)),
        ...misled.filter(({ lost }) => lost.length > 0).map((one) => otherParent(one, context)),
      ],
      undetermined: undecidedOf(misled, context),
    };
  },
});

/** Where it goes instead; nowhere when a route refuses it, or none is there. */
function fateBy(devices: readonly string[]): string {
  return devices.length === 0
    ? 'does not leave the host at all: no route lets it'
    : `leaves by ${listOf(devices)} instead, where macvlan keeps the host and its children apart`;
}

function isAtWork(candidates: readonly ShimService[]): boolean {
  return candidates.some(({ served }) => served.length > 0);
}

function whollyMissing(candidates: readonly ShimService[], context: CheckContext) {
  if (isAtWork(candidates)) return [];
  const idle = candidates.find(
    ({ unserved }) => unserved.length > 0 && !unserved.some(({ isShadowed }) => isShadowed),
  );
  return idle === undefined ? [] : [findingFor(idle.shim, idle.unserved, context)];
}

/** The shim that the most children are routed by is the one that a forgotten child belongs to. */
function partlyMissing(candidates: readonly ShimService[], parent: Parent, context: CheckContext) {
  if (!isAtWork(candidates)) return [];
  const busiest = candidates
    .map((one) => ({ ...one, lost: lostOf(one, parent, context) }))
    .filter(({ lost }) => lost.length > 0)
    .toSorted((a, b) => b.carried - a.carried)[0];
  if (busiest === undefined) return [];
  const whole = findingFor(busiest.shim, busiest.lost, context);
  const served = busiest.served.map(({ label }) => label);
  const says = `The host's routes to ${listOf(served)} lead into a shim.`;
  return [
    {
      ...whole,
      code: 'partial' as const,
      severity: 'warn' as const,
      data: { ...whole.data, served },
      evidence: [...whole.evidence, { from: 'routes', says }],
    },
  ];
}

function otherParent(misled: Misled, context: CheckContext) {
  const { parent } = misled;
  const children = inNeedOfShim(misled, context);
  const remedies = isInMain(misled) ? [hostShim.request({ parent: parent.name, children })] : [];
  return { code: 'other-parent' as const, ...misledFinding(misled, context), remedies };
}

function findingFor(shim: Shim, unserved: readonly Unserved[], context: CheckContext) {
  const devices = new Set(unserved.flatMap(({ device }) => device ?? []));
  const destinations = unserved.map(({ ip }) => `${ip}/32`);
  return {
    code: 'missing' as const,
    ...aboutShim(shim),
    data: {
      shim: shim.name,
      children: unserved.map(({ child }) => child.label),
      devices: [...devices],
    },
    evidence: [routeEvidence(unserved), ...probeEvidence(shim, unserved, context)],
    remedies: [addShimRoute.request({ shim: shim.name, destinations })],
  };
}
