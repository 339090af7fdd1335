// A route by the shim leads to the children, and the kernel prefers another one.
import {
  isOnlyConnected,
  servicesOn,
  winnerOver,
  type Unserved,
} from '../derive/verdicts/shim-service.js';
import { ipv4 } from '../derive/addressing/on-link.js';
import { contains, networkOf } from '../derive/addressing/subnets.js';
import { contentOf } from '../derive/topology/content.js';
import { aboutShim, listOf } from '../derive/wording/victims.js';
import addShimRoute from '../fixes/add-shim-route.js';
import preferMainTable from '../fixes/prefer-main-table.js';
import replaceShimAddress from '../fixes/replace-shim-address.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Parent, Shim } from '../../model/topology.js';

interface Shadowed {
  readonly shim: string;
  readonly children: readonly string[];
  /** By which link the traffic really leaves. */
  readonly device: string;
}

export default defineCheck({
  meta: {
    id: 'shim-route-shadowed',
    category: 'shim',
    severity: 'fail',
    title: {
      pass: 'No other route wins over those of the shim',
      found: 'Another route wins over that of the shim',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'shim-down', 'shim-mode', 'child-down'],
    docs: {
      explain: `The host has a route to its children by the shim, and the kernel takes another one. Three causes are told apart. The shim was given the whole subnet (/24, as most articles have it): the kernel then has two equal connected routes, and the one of the parent was there first. A policy rule (a VPN such as Tailscale or WireGuard, several uplinks) looks into another table before table main. Or a narrower route, or one with a better metric, leads elsewhere.

ip route get CHILD shows what the kernel really does; ip route alone does not show rules. A ping bound to the shim is answered, an ordinary one is not.

What does not help: lowering the metric of the shim's connected route or deleting that of the parent, which moves the host's whole LAN traffic or cuts it off; changing metrics in table main when a rule looks elsewhere first. The shim wants a /32 of its own and one route per child.`,
      references: ['ip-route(8)', 'ip-rule(8)', 'ip-address(8), noprefixroute'],
    },
  },
  messages: {
    'same-subnet': ({ shim, children, device }: Shadowed) => ({
      what: `${shim} carries the whole subnet, as ${device} does, and the route by ${device} wins.`,
      why: `Traffic for ${listOf(children)} leaves by ${device}, where macvlan keeps the host and its children apart.`,
      todo: `Give ${shim} a /32 and route each child by it.`,
    }),
    'policy-rule': ({ shim, children, device, table }: Shadowed & { readonly table: string }) => ({
      what: `A policy rule sends traffic for ${listOf(children)} to table ${table}, past the route by ${shim}.`,
      why: `It leaves by ${device}. The routes in table main are right and never asked.`,
      todo: 'Let a rule of higher priority look these addresses up in table main.',
    }),
    'better-route': ({ shim, children, device, route }: Shadowed & { readonly route: string }) => ({
      what: `The route to ${route} by ${device} wins over the one by ${shim}.`,
      why: `It is narrower or has the better metric, so traffic for ${listOf(children)} never takes ${shim}.`,
      todo: `Route each child's own address by ${shim}: nothing is narrower than that.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every((parent) => parent.shims.length === 0))
      return { notApplicable: 'no shim here' };
    const judged = parents.flatMap((parent) => judge(parent, context));
    return {
      findings: judged.flatMap((one) => ('finding' in one ? [one.finding] : [])),
      undetermined: judged.flatMap((one) => ('undecided' in one ? [one.undecided] : [])),
    };
  },
});

function judge(parent: Parent, context: CheckContext) {
  const services = servicesOn(parent, context);
  const isServed = services.some(({ served }) => served.length > 0);
  return services.flatMap(({ shim, unserved }) => {
    const shadowed = unserved.filter(({ isShadowed }) => isShadowed);
    const explicit = shadowed.filter(({ ip }) => !isOnlyConnected(shim, ip));
    // A whole subnet beside routes that work is left over, not in the way.
    const victims = isServed ? explicit : shadowed;
    return victims.length === 0 ? [] : [decide(shim, victims, context)];
  });
}

function decide(shim: Shim, victims: readonly Unserved[], context: CheckContext) {
  const about = aboutShim(shim);
  const [first] = victims;
  const isGuess = victims.every(({ lookup }) => lookup === undefined);
  const isSilent = context.observations.some(
    ({ probe, child, replies }) =>
      probe === 'host-child-icmp' && child === first?.child.name && replies.length === 0,
  );
  // Of two equal routes the older one wins, and a list of routes does not tell their age.
  if (isGuess && !isSilent && first !== undefined && isOnlyConnected(shim, first.ip)) {
    const reason = `${shim.name} and ${first.device ?? 'another link'} both lead to ${first.ip}, and which one the kernel takes was not asked (run as root on the host itself)`;
    return { undecided: { ...about, reason } };
  }
  return { finding: { ...about, ...found(shim, victims, context) } };
}

function found(shim: Shim, victims: readonly Unserved[], context: CheckContext) {
  const destinations = victims.map(({ ip }) => `${ip}/32`);
  const first = victims[0];
  const device = first?.device ?? 'no link';
  const data = { shim: shim.name, children: victims.map(({ child }) => child.label), device };
  const says = victims.map(({ ip, table: from, device: by }) => {
    const where = from === undefined ? '' : ` (table ${from})`;
    return `${ip} leaves by ${by ?? 'no link'}${where}`;
  });
  const evidence = [
    { from: first?.lookup === undefined ? 'routes' : 'routeLookups', says: `${listOf(says)}.` },
    {
      from: 'addresses',
      says: `${shim.name} has ${ipv4(shim)
        .map(({ local, prefixlen }) => `${local}/${prefixlen.toString()}`)
        .join(', ')}.`,
    },
  ];
  const table = first?.table;
  if (table !== undefined && table !== 'main' && table !== 'local') {
    const rules = contentOf(context.topology.host).rules.filter((rule) => rule.table === table);
    const priority = Math.min(...rules.map((rule) => rule.priority), 32_766);
    const remedies = [preferMainTable.request({ destinations, before: priority })];
    return { code: 'policy-rule' as const, data: { ...data, table }, evidence, remedies };
  }
  const isSubnet = ipv4(shim).some(
    ({ local, prefixlen }) =>
      prefixlen < 32 && contains(networkOf(local, prefixlen), first?.ip ?? ''),
  );
  if (isSubnet && first !== undefined && isOnlyConnected(shim, first.ip)) {
    const remedies = [replaceShimAddress.request({ shim: shim.name, destinations })];
    return { code: 'same-subnet' as const, data, evidence, remedies };
  }
  const route = (first && winnerOver(shim, first, context))?.dst ?? first?.ip ?? 'the children';
  const remedies = [addShimRoute.request({ shim: shim.name, destinations })];
  return { code: 'better-route' as const, data: { ...data, route }, evidence, remedies };
}
