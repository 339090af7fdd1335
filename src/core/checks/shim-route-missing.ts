// A shim that works, and no route of the host leads into it.
import { activeShims, serviceOf, shimProbes, type Unserved } from '../derive/shim-service.js';
import { aboutShim, listOf } from '../derive/victims.js';
import addShimRoute from '../fixes/add-shim-route.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Evidence } from '../../model/finding.js';
import { isAnswered } from '../../model/observation.js';
import type { Shim } from '../../model/topology.js';

interface Missing {
  readonly shim: string;
  readonly children: readonly string[];
  readonly devices: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'shim-route-missing',
    category: 'shim',
    severity: 'fail',
    title: {
      pass: 'The host reaches its children by the shim',
      found: 'A shim is there and no route leads into it',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'shim-down', 'shim-mode', 'child-down'],
    docs: {
      explain: `A shim is a macvlan link of the host's own, on the same parent as the children. Frames pass between it and the children; they do not pass between the parent itself and the children. The host only uses the shim for an address when a route says so. Without one, the host's connected route on the parent is taken, and the packet goes out on the wire where no child ever sees it.

Told apart from a shim that does not work: a ping that is bound to the shim (ping -I SHIM CHILD) is answered, an ordinary one is not. A shim that leads to some children and not to others is taken to be meant so, and is not reported here.

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
      why: `The traffic leaves by ${listOf(devices)} instead, where macvlan keeps the host and its children apart.`,
      todo: `Route each child's address by ${shim}.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every((parent) => parent.shims.length === 0))
      return { notApplicable: 'no shim here' };
    const findings = parents.flatMap((parent) => {
      const services = activeShims(parent).map((shim) => ({
        shim,
        ...serviceOf(shim, parent, context),
      }));
      if (services.some(({ served }) => served.length > 0)) return [];
      const idle = services.find(
        ({ unserved }) => unserved.length > 0 && !unserved.some(({ isShadowed }) => isShadowed),
      );
      return idle === undefined ? [] : [findingFor(idle.shim, idle.unserved, context)];
    });
    return { findings };
  },
});

function findingFor(shim: Shim, unserved: readonly Unserved[], context: CheckContext) {
  const devices = new Set(unserved.map(({ device }) => device ?? 'no link at all'));
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

function routeEvidence(unserved: readonly Unserved[]): Evidence {
  const from = unserved.some(({ lookup }) => lookup !== undefined) ? 'routeLookups' : 'routes';
  const says = unserved.map(({ ip, device }) => `${ip} leaves by ${device ?? 'no link'}`);
  return { from, says: `${listOf(says)}.` };
}

function probeEvidence(
  shim: Shim,
  unserved: readonly Unserved[],
  { observations }: CheckContext,
): Evidence[] {
  const bound = unserved.flatMap(({ child }) => shimProbes(shim, child, observations));
  if (bound.length === 0) return [];
  const heard = bound.filter((one) => isAnswered(one)).length;
  return [
    {
      from: 'probe:shim-child-icmp',
      says: `Bound to ${shim.name}, ${heard.toString()} of ${bound.length.toString()} echo requests to children were answered.`,
    },
  ];
}
