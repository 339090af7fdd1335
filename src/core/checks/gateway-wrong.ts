// Children whose gateway is the address of nobody, or of a machine that is no router.
import { defineCheck } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { Child } from '../../model/topology.js';
import { withGateway } from '../derive/engine-networks/change.js';
import { nobodyThere, undecidedGateways, type Nobody } from '../derive/gateways/nobody.js';
import {
  idleOwners,
  noRouters,
  type IdleOwner,
  type NoRouter,
} from '../derive/gateways/no-router.js';
import { aboutGateway, listOf } from '../derive/wording/victims.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import addDefaultRoute from '../fixes/add-default-route.js';

export default defineCheck({
  meta: {
    id: 'gateway-wrong',
    category: 'neighbour',
    severity: 'warn',
    title: {
      pass: 'No gateway of a child was found to be wrong',
      found: 'The gateway of a child is not the router',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'parent-enslaved',
      'parent-wireless',
      'child-down',
      'subnet-mismatch',
      'gateway-outside-subnet',
      'gateway-is-host',
      'duplicate-ip',
    ],
    docs: {
      explain: `The gateway is an address that somebody once typed: the first of the subnet by habit, while the router is the last; the router of before; another machine's. The children then reach their own subnet, and nothing beyond.

The host is the yardstick, since it usually stands on the same LAN and gets out. Where nobody at all answers at the children's gateway, neither them nor the host, and the router that the host itself uses does answer on the same LAN, that one is most likely meant.

Where somebody answers who is another machine than the host's router, it may be a second router, which is sound and not reported. So it is tried: the host hands it a packet that is for its own router. A machine that forwards passes it on; and of a packet that may not go any further, it says so ("time exceeded"), before its filters see it. If every one of them is lost while the straight way works, it is most likely no router, or one that refuses such packets: both are named. Where another link of the host may be on the same LAN, what it says may come in there; then it is reported only if its own answer to a ping was heard at the same time. A gateway that is another child of this host is looked up instead: it forwards, or net.ipv4.conf says that it does not.

Two routers on a LAN, and the virtual MACs of routers that stand in for each other (VRRP, HSRP), are sound.

Popular and wrong: a static route in every container. The gateway belongs into the network (--gateway), which has to be made anew for it.`,
      references: [
        'RFC 1812, section 5.3.1 (time to live); RFC 792',
        'ip-route(8)',
        'docker network create --gateway',
        'net.ipv4.conf.*.forwarding (ip-sysctl.rst)',
      ],
    },
  },
  messages: {
    silent: ({ gateway, parent, victims, own }: SilentData) => ({
      what: `Nobody answers at ${gateway}, the gateway of ${victims}; ${own}, the gateway that this host itself uses, does answer on ${parent}.`,
      why: `${victims} cannot leave the LAN. Most likely ${own} is meant; or the router at ${gateway} is another one, and off.`,
      todo: `Set the gateway to ${own}; if ${gateway} is a second router, switch that on instead.`,
    }),
    'no-router': ({ gateway, victims, own }: SilentData) => ({
      what: `${gateway}, the gateway of ${victims}, is another machine than this host's own gateway ${own}, and did not forward packets for it.`,
      why: `Most likely it is no router, and ${victims} cannot leave the LAN by it. Or it is one that refuses packets which would leave by the link that they came from, as some firewalls do.`,
      todo: `If ${victims} do not get beyond the LAN, set the gateway to ${own}.`,
    }),
    'does-not-forward': ({ gateway, victims, owner }: Data & { readonly owner: string }) => ({
      what: `${gateway}, the gateway of ${victims}, is ${owner}, which does not forward packets.`,
      why: `${victims} cannot leave the LAN by it: only a proxy there that takes connections over would let any through.`,
      todo: `Name the router of the LAN as the gateway, or let ${owner} forward.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const isAbout = parents.some(({ children }) =>
      children.some(({ gateways }) => gateways.length > 0),
    );
    if (!isAbout) return { notApplicable: 'no child has an IPv4 gateway' };
    return {
      findings: parents.flatMap((parent) => [
        ...nobodyThere(parent, context).map((one) => reportNobody(one)),
        ...noRouters(parent, context).map((one) => reportNoRouter(one)),
        ...idleOwners(parent, context).map((one) => reportIdle(one)),
      ]),
      undetermined: parents.flatMap((parent) => undecidedGateways(parent, context)),
    };
  },
});

interface Data {
  readonly gateway: string;
  readonly parent: string;
  readonly victims: string;
}

interface SilentData extends Data {
  /** The router that the host uses. */
  readonly own: string;
}

function victimsOf({ users }: { readonly users: readonly Child[] }): string {
  return listOf(users.map(({ label }) => label));
}

function seenOf({ gateway, parent, evidence }: Nobody | NoRouter | IdleOwner) {
  const { subject, within } = aboutGateway(gateway, parent);
  return { subject, within: [...within, HOST], evidence };
}

/** As bad as a gateway that is silent, of which it is the cause. */
function reportNobody(one: Nobody) {
  const { gateway, parent, own, users } = one;
  return {
    code: 'silent' as const,
    severity: 'fail' as const,
    ...seenOf(one),
    data: { gateway, parent: parent.name, own, victims: victimsOf(one) },
    remedies: [
      ...users.map(({ name }) => addDefaultRoute.request({ child: name, gateway: own })),
      ...lastingRemedies(users, withGateway(own)),
    ],
    advice: ['In doubt, look at another machine of this LAN: its default route names the router.'],
  };
}

function reportNoRouter(one: NoRouter) {
  const { gateway, parent, own, users } = one;
  return {
    code: 'no-router' as const,
    ...seenOf(one),
    data: { gateway, parent: parent.name, own, victims: victimsOf(one) },
    advice: [
      `See from inside ${victimsOf(one)} whether anything beyond the LAN answers. If not, the gateway has to be ${own}, where these links are configured.`,
    ],
    remedies: lastingRemedies(users, withGateway(own)),
  };
}

function reportIdle(one: IdleOwner) {
  const { gateway, parent, owner } = one;
  return {
    code: 'does-not-forward' as const,
    ...seenOf(one),
    data: { gateway, parent: parent.name, owner, victims: victimsOf(one) },
    advice: [
      `If ${owner} is to be their router, set net.ipv4.ip_forward to 1 there (for a container with --sysctl net.ipv4.ip_forward=1, or sysctls in a compose file); it needs a way out of its own as well.`,
      'Otherwise give these links, or their network, the address of the router of the LAN as gateway.',
    ],
  };
}
