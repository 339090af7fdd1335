// A child on a subnet that its parent's wire does not seem to carry.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Evidence, Finding, Undecided } from '../../model/finding.js';
import { isSilent } from '../../model/observation.js';
import type { Child, Parent } from '../../model/topology.js';
import { hasIpv4, hostSubnetsOn } from '../derive/addressing/on-link.js';
import { find, tally } from '../derive/verdicts/reach.js';
import { answerFor, askedAround, strangersOn, subnetOf } from '../derive/addressing/strangers.js';
import { strangeNetworksLeftOpen } from '../derive/verdicts/strange-networks.js';
import { HOST } from '../../model/finding.js';
import { aboutChildren, aboutGateway, groupBy, listOf } from '../derive/wording/victims.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';

interface Mismatch {
  readonly parent: string;
  readonly subnet: string;
  readonly own: readonly string[];
  readonly children: readonly string[];
  readonly gateway: string;
}

export default defineCheck({
  meta: {
    id: 'subnet-mismatch',
    category: 'address',
    severity: 'fail',
    title: {
      pass: "Every child's subnet is at home on its parent's wire",
      found: "A child's subnet is not that of its parent's wire",
    },
    needs: ['namespaces'],
    dependsOn: [
      'desktop-vm',
      'wsl2',
      'rootless-namespace',
      'parent-down',
      'parent-no-carrier',
      'parent-wireless',
      'child-down',
      'gateway-is-host',
      'gateway-outside-subnet',
      'source-mac-filter',
      'foreign-unicast-filter',
    ],
    docs: {
      explain: `macvlan children are machines on the parent's LAN, and need addresses of that LAN. Here a child's subnet shares nothing with the subnets that this host has on the parent, and nobody answers in it: the subnet came from a tutorial, from the engine's default pool (172.17.0.0 to 172.31.255.255) because none was named, or the parent is another port or VLAN than was meant.

Several subnets on one wire are legal, and so is a parent without any address. So the child's gateway is asked first, and where it answers nothing is reported. When it is silent, a second explanation remains: the subnet is right, and its router is off. A subnet without a gateway may be home to a few machines that nobody here knows (controllers, cameras), so that silence at the addresses where routers live by custom proves nothing, and is left open.

What does not help: a route on the router to the invented subnet, as long as the router has no address in it; address translation on the host, which never sees these packets.`,
      references: ['docker network create --subnet', 'ip-route(8)'],
    },
  },
  messages: {
    'gateway-silent': ({ parent, subnet, own, children, gateway }: Mismatch) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'lives' : 'live'} in ${subnet}; on ${parent} this host has ${listOf(own)}, and ${gateway} does not answer.`,
      why: `Nobody on this wire seems to know ${subnet}. Either the subnet is wrong, or it is right and its router is off.`,
      todo: `Give the network the subnet of the LAN, ${listOf(own)}, and its router as gateway.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const open = parents.flatMap((parent) => strangeNetworksLeftOpen(parent, context));
    if (open.length === 0 && !parents.some(({ children }) => children.some(hasIpv4)))
      return { notApplicable: 'no macvlan children with an IPv4 address here' };
    const judged = parents.flatMap((parent) => judge(parent, context));
    const undecided = judged.flatMap((one) => ('undecided' in one ? [one.undecided] : []));
    const findings = judged.flatMap((one) => ('finding' in one ? [one.finding] : []));
    return { findings, undetermined: [...open, ...undecided] };
  },
});

type Verdict =
  { readonly finding: Finding<'gateway-silent', Mismatch> } | { readonly undecided: Undecided };

function judge(parent: Parent, context: CheckContext): Verdict[] {
  const own = hostSubnetsOn(parent);
  const strangers = strangersOn(parent, context.topology);
  const groups = groupBy(strangers, (child) => `${child.gateways.join(' ')} ${subnetOf(child)}`);
  return groups.flatMap(([, children]) => decide(children, parent, own, context));
}

function decide(
  children: readonly Child[],
  parent: Parent,
  own: readonly string[],
  context: CheckContext,
): Verdict[] {
  const gateway = children[0]?.gateways[0];
  const place =
    gateway === undefined ? aboutChildren(children, parent) : aboutGateway(gateway, parent);
  const about = { ...place, within: [...place.within, HOST] };
  const answers = new Set(children.map((child) => answerFor(child, context)));
  if (answers.has('answered')) return [];
  const data: Mismatch = {
    parent: parent.name,
    subnet: children[0] === undefined ? '' : subnetOf(children[0]),
    own,
    children: children.map(({ label }) => label),
    gateway: gateway ?? '',
  };
  if (gateway === undefined || answers.has('unknown')) {
    const reason = `${listOf(data.children)} in ${data.subnet} may be at home on ${parent.name} or not (this host has ${listOf(own)} there): ${whyOpen(children, context)}${howToAsk(context)}`;
    return [{ undecided: { ...about, reason } }];
  }
  const evidence = evidenceFor(children, data, context);
  const advice = adviceFor(children, data);
  return [{ finding: { code: 'gateway-silent', ...about, data, evidence, advice } }];
}

function whyOpen(children: readonly Child[], context: CheckContext): string {
  const around = children.flatMap((child) => askedAround(child, context));
  const silent = [...new Set(around.filter((one) => isSilent(one)).map(({ target }) => target))];
  return silent.length === 0
    ? `nobody in ${children[0] === undefined ? 'it' : subnetOf(children[0])} could be asked (${context.notProbed ?? 'no machine of it is known'})`
    : `nobody answers at ${listOf(silent)}, where routers live by custom, and no machine is known that would have to answer there`;
}

function evidenceFor(
  children: readonly Child[],
  data: Mismatch,
  context: CheckContext,
): Evidence[] {
  const by = (probe: 'gateway-arp-child' | 'gateway-icmp') =>
    children.flatMap((child) => find(context.observations, { probe, child: child.name }));
  const seen = [...by('gateway-arp-child'), ...by('gateway-icmp')];
  const asked = groupBy(seen, ({ probe }) => probe).map(([probe, group]) => ({
    from: `probe:${probe}`,
    says: `${tally(group).sent.toString()} ${probe.includes('arp') ? 'ARP requests' : 'echo requests'} to ${listOf([...new Set(group.map(({ target }) => target))])}, no answer.`,
  }));
  return [
    {
      from: 'addresses',
      says: `${data.parent}: ${listOf(data.own)}; ${listOf(data.children)}: ${data.subnet}.`,
    },
    ...asked,
  ];
}

function adviceFor(children: readonly Child[], { own, gateway, subnet }: Mismatch): string[] {
  const networks = [...new Set(children.flatMap(({ network }) => network?.name ?? []))];
  const make =
    networks.length === 0
      ? `Give these children addresses of ${listOf(own)}.`
      : `Remove ${listOf(networks)} and create it again with --subnet ${own[0] ?? ''} and the router of that LAN as --gateway.`;
  return [make, `If ${subnet} is meant to be on this wire, see why ${gateway} is silent.`];
}
