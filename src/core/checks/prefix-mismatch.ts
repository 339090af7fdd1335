// A child and its parent, or two siblings, that disagree on where their common subnet ends.
import { defineCheck } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import { hasIpv4, hostSubnetsOn, ipv4, viewFrom } from '../derive/addressing/on-link.js';
import { covers, networkOf, overlaps, parseCidr } from '../derive/addressing/subnets.js';
import { withSubnet } from '../derive/engine-networks/change.js';
import { aboutChildren, groupBy, listOf } from '../derive/wording/victims.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import setAddressPrefix from '../fixes/set-address-prefix.js';

interface Mismatch {
  readonly children: readonly string[];
  /** What these children take for their wire. */
  readonly theirs: string;
  /** What `reference` takes for it. */
  readonly ours: string;
  readonly reference: string;
}

export default defineCheck({
  meta: {
    id: 'prefix-mismatch',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'Children and parents agree on the size of their subnets',
      found: 'A child has another prefix length than its parent',
    },
    needs: ['namespaces'],
    dependsOn: ['child-down', 'subnet-mismatch'],
    docs: {
      explain: `The prefix length says whom a machine asks for by ARP and what it sends to its gateway. On one wire everybody has to agree. A child with a narrower one sends packets for half of its neighbours to the gateway while they answer directly: slow, or dropped by a firewall that sees one direction only. A child with a wider one asks on the wire for machines that live behind the router, and nobody answers.

The usual cause is a --subnet that was meant as an ip-range (192.168.1.192/27 in a LAN that is 192.168.1.0/24), or a /16 or /25 from a tutorial. Addresses with /32 and routes of their own, as shims have, are no such case; nor is a second address, or a route without a gateway that makes up the difference.

What does not help: more routes on the router, proxy ARP. Either the child or the host is wrong; as a rule it is the one that stands alone. Use --ip-range to hand out a part of a subnet.`,
      references: ['ip-address(8)', 'RFC 1122, 3.3.1', 'docker network create --ip-range'],
    },
  },
  messages: {
    narrower: ({ children, theirs, ours, reference }: Mismatch) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'takes' : 'take'} only ${theirs} for the wire; for ${reference} it is ${ours}.`,
      why: `What ${children.length === 1 ? 'it sends' : 'they send'} to the rest of ${ours} goes by the gateway, and comes back directly, if at all.`,
      todo: `Give ${children.length === 1 ? 'it' : 'them'} the prefix length of ${ours}; a part of a subnet is handed out with --ip-range.`,
    }),
    wider: ({ children, theirs, ours, reference }: Mismatch) => ({
      what: `${listOf(children)} ${children.length === 1 ? 'takes' : 'take'} all of ${theirs} for the wire; for ${reference} it is only ${ours}.`,
      why: `Machines of ${theirs} that live behind the router are asked for on the wire, where nobody answers.`,
      todo: `Give ${children.length === 1 ? 'it' : 'them'} the prefix length of ${ours}, unless ${reference} is the one that is wrong.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every((parent) => parent.children.every((child) => !hasIpv4(child)))) {
      return { notApplicable: 'no macvlan children with an IPv4 address here' };
    }
    return { findings: parents.flatMap((parent) => findingsFor(parent)) };
  },
});

interface View {
  readonly child: Child;
  readonly ip: string;
  /** By its addresses alone. */
  readonly net: string;
  /** With the routes that somebody added on purpose. */
  readonly whole: string;
}

function findingsFor(parent: Parent) {
  const views = parent.children.filter((child) => hasIpv4(child)).flatMap((child) => viewOf(child));
  const host = hostSubnetsOn(parent);
  const odd = views.flatMap((view) => {
    const hosts = host.filter((net) => overlaps(net, view.net));
    if (hosts.includes(view.net) || hosts.includes(view.whole)) return [];
    const ours = hosts[0] ?? commonAmong(views, view.net);
    if (ours === undefined || ours === view.net) return [];
    const reference = hosts.length > 0 ? `this host on ${parent.name}` : 'the siblings';
    return [{ ...view, ours, reference }];
  });
  return groupBy(odd, ({ net, ours }) => `${net} ${ours}`).flatMap(([, group]) => {
    const first = group[0];
    if (first === undefined) return [];
    const { net: theirs, ours, reference } = first;
    const children = group.map(({ child }) => child);
    const base = {
      ...aboutChildren(children, parent),
      data: { children: children.map(({ label }) => label), theirs, ours, reference },
      evidence: evidenceFor(group, ours, reference),
      remedies: remediesFor(group, ours),
    };
    return [{ ...base, code: covers(ours, theirs) ? ('narrower' as const) : ('wider' as const) }];
  });
}

/** Of the child's first address; none for a /32. */
function viewOf(child: Child): View[] {
  const ip = ipv4(child)[0]?.local;
  const net = ip === undefined ? undefined : viewFrom(ip, child.addresses, []);
  if (ip === undefined || net === undefined) return [];
  return [{ child, ip, net, whole: viewFrom(ip, child.addresses, child.routes) ?? net }];
}

/** On a parent without a subnet of its own: what most siblings have; a draw accuses nobody but the narrower ones. */
function commonAmong(views: readonly View[], net: string): string | undefined {
  const around = views.filter((view) => overlaps(view.net, net)).map((view) => view.net);
  const counts = groupBy(around, (text) => text).map(([text, all]) => ({
    text,
    count: all.length,
  }));
  return counts.toSorted(
    (a, b) =>
      b.count - a.count ||
      (parseCidr(a.text)?.prefixlen ?? 0) - (parseCidr(b.text)?.prefixlen ?? 0),
  )[0]?.text;
}

function evidenceFor(group: readonly View[], ours: string, reference: string) {
  const seen = group.slice(0, 3).map(({ child, net }) => ({
    from: 'addresses',
    says: `${child.name} has ${ipv4(child)
      .map(({ local, prefixlen }) => `${local}/${prefixlen.toString()}`)
      .join(', ')}, its wire is ${net}.`,
  }));
  return [...seen, { from: 'addresses', says: `For ${reference} the wire is ${ours}.` }];
}

/** In each child now, and in their networks for the next start. */
function remediesFor(group: readonly View[], ours: string) {
  const lasting = lastingRemedies(
    group.map(({ child }) => child),
    withSubnet(
      group.map(({ ip }) => ip),
      ours,
    ),
  );
  return [...group.flatMap((view) => remedyFor(view, ours)), ...lasting];
}

function remedyFor({ child, ip, net }: View, ours: string) {
  const address = ipv4(child).find(({ local, prefixlen }) => networkOf(local, prefixlen) === net);
  const to = parseCidr(ours)?.prefixlen;
  if (to === undefined) return [];
  const { local, prefixlen } = address ?? { local: ip, prefixlen: parseCidr(net)?.prefixlen ?? to };
  return [setAddressPrefix.request({ child: child.name, address: local, from: prefixlen, to })];
}
