// A shim that somebody took down: its routes are gone with it.
import { isMeantForChildren, exchanges } from '../derive/verdicts/shim-service.js';
import { hostRouteDevice } from '../derive/addressing/host-route.js';
import { hasIpv4, ipv4 } from '../derive/addressing/on-link.js';
import { aboutShim, listOf } from '../derive/wording/victims.js';
import setShimUp from '../fixes/set-shim-up.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import type { Child, Parent, Shim } from '../../model/topology.js';

export default defineCheck({
  meta: {
    id: 'shim-down',
    category: 'shim',
    severity: 'fail',
    title: { pass: 'Every shim is up', found: 'A shim is down' },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'duplicate-mac'],
    docs: {
      explain: `The host has a macvlan link of its own beside its children, and it is administratively down: somebody, or a script that stopped half-way, never said ip link set SHIM up. The kernel drops every route by a link that goes down, so bringing it up alone is not enough; the routes to the children have to come back as well.

Told apart from a shim without carrier: that one is up, and its parent is not.

What does not help: adding the routes first. The kernel refuses routes by a link that is down.`,
      references: ['ip-link(8)', 'netdevice(7), IFF_UP'],
    },
  },
  messages: {
    down: ({
      shim,
      children,
    }: {
      readonly shim: string;
      readonly children: readonly string[];
    }) => ({
      what: `${shim} is down.`,
      why: `The host has nothing else by which it could reach ${listOf(children)}.`,
      todo: `Bring ${shim} up, and give it back its routes.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every((parent) => parent.shims.length === 0))
      return { notApplicable: 'no shim here' };
    const findings = parents.flatMap((parent) =>
      parent.shims
        .filter((shim) => !isAdminUp(shim.link) && isMeantForChildren(shim, parent))
        .flatMap((shim) => {
          const left = parent.children.filter((child) => isLeftAlone(child, parent, context));
          return left.length === 0 ? [] : [findingFor(shim, left, context)];
        }),
    );
    return { findings };
  },
});

/** Nothing but the parent, or nothing at all, leads to it. */
function isLeftAlone(child: Child, parent: Parent, context: CheckContext): boolean {
  const ip = ipv4(child)[0]?.local;
  if (!hasIpv4(child) || ip === undefined) return false;
  const device = hostRouteDevice(context.topology, context.facts, ip);
  const answered = context.observations.some(
    ({ probe, child: name, replies }) =>
      probe === 'host-child-icmp' && name === child.name && replies.length > 0,
  );
  return !answered && !parent.shims.some((shim) => isAdminUp(shim.link) && shim.name === device);
}

function findingFor(shim: Shim, left: readonly Child[], context: CheckContext) {
  const served = left.filter((child) => exchanges(shim, child, context) !== 'no');
  const destinations = served.flatMap((child) => ipv4(child).map(({ local }) => `${local}/32`));
  return {
    code: 'down' as const,
    ...aboutShim(shim),
    data: { shim: shim.name, children: left.map(({ label }) => label) },
    evidence: [
      {
        from: 'links',
        says: `${shim.name}@${shim.parent} has the flags ${shim.link.flags.join(', ')}: no UP; operstate ${shim.link.operstate}.`,
      },
    ],
    remedies: [setShimUp.request({ shim: shim.name, destinations })],
  };
}
