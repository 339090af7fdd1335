// An address of a child that somebody else has too: a sibling, the host, a device on the LAN.
import { defineCheck, type CheckContext } from '../../model/check.js';
import {
  failedDad,
  hostAddresses,
  lanOwners,
  sharedAddresses,
} from '../derive/owners/duplicates.js';
import {
  reportHost,
  reportLan,
  reportRefused,
  reportShared,
  type HostData,
  type LanData,
  type RefusedData,
  type SharedData,
} from '../derive/owners/duplicate-reports.js';
import { inTurn } from '../derive/owners/another-address.js';
import { isCertain } from '../derive/owners/claims.js';
import { unaskedOn } from '../derive/owners/unasked.js';
import setChildAddress from '../fixes/set-child-address.js';
import { isAdminUp } from '../../model/link.js';
import type { Parent } from '../../model/topology.js';
import { groupBy, listOf } from '../derive/wording/victims.js';

export default defineCheck({
  meta: {
    id: 'duplicate-ip',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'No address of a child has a second owner',
      found: 'An address of a child has a second owner',
    },
    needs: ['namespaces'],
    dependsOn: [
      'desktop-vm',
      'wsl2',
      'parent-down',
      'parent-no-carrier',
      'parent-not-ethernet',
      'parent-enslaved',
      'parent-wireless',
      'passthru-shared',
      'duplicate-mac',
    ],
    docs: {
      explain: `Two machines with one IP address both answer when the LAN asks for it, and whoever answered last gets the traffic. Connections break off, "works for an hour", an ssh host key changes, now this device is gone and now that one. The usual reason: the container engine hands out addresses of a subnet in which the DHCP server of the router does the same, and neither knows of the other. Or a fixed address was given twice, or one compose file runs on two hosts.

A device on the LAN is found by asking for each child's address from the parent: the child itself cannot hear that (macvlan keeps a parent and its children apart), so an answer with another MAC is another owner. The question has the sender 0.0.0.0 and changes nobody's cache. Machines that answer for every address (proxy ARP) are told apart by addresses that should be nobody's. Children of this host, and the host itself, are compared by looking into their namespaces: in private mode, and in vepa mode without a reflecting switch, two siblings with one address never notice each other on the wire. A link that is down counts only where a device on the LAN has its address meanwhile, and never one address on two links of one namespace. In IPv6 the kernel looks for a second owner itself and takes the address out of use (dadfailed).

An address that a child has besides the one that it speaks by may be on several machines on purpose, of which one alone answers for it, or none (a virtual address behind a load balancer: LVS with direct routing). So for such an address a sibling in bridge mode asks as well, and only who answers counts as an owner.

A device that is switched off cannot be found; nor can one behind a switch that answers for it from memory (ARP suppression).

What does not help: clearing ARP caches, which moves the trouble for a minute; a reservation on the router for the MAC of a container that asks no DHCP server. Each address needs one owner: give the engine an ip-range that the DHCP server leaves alone.`,
      references: [
        'RFC 5227',
        'RFC 4862, 5.4',
        'arping(8), -D',
        'docker network create --ip-range',
      ],
    },
  },
  messages: {
    siblings: ({ children, ips }: SharedData) => ({
      what: `${listOf(children)} have the same address: ${listOf(ips)}.`,
      why: 'The rest of the LAN reaches now one of them and now the other, and in bridge mode siblings do too.',
      todo: 'Give all but one of them an address of its own.',
    }),
    host: ({ child, ips, device }: HostData) => ({
      what: `${child} has the address ${listOf(ips)}, which is this host's own on ${device}.`,
      why: 'Both answer for it, so the rest of the LAN reaches now the container and now the host.',
      todo: `Give ${child} another address.`,
    }),
    lan: ({ children, ips, macs }: LanData) => ({
      what: `${listOf(ips)} ${ips.length === 1 ? 'is' : 'are'} in use twice: by ${listOf(children)}, and on the LAN by ${listOf(macs)}.`,
      why: 'Both answer when somebody asks for the address, and whoever answered last gets the traffic.',
      todo: `Find the other device, and give it or ${children.length === 1 ? 'the child' : 'each child'} another address.`,
    }),
    awaited: ({ children, ips, macs }: LanData) => ({
      what: `${listOf(ips)} of ${listOf(children)}, ${children.length === 1 ? 'whose link is' : 'whose links are'} down, ${ips.length === 1 ? 'is' : 'are'} in use on the LAN, by ${listOf(macs)}.`,
      why: `Once ${children.length === 1 ? 'that link is' : 'those links are'} up, both answer when somebody asks for the address, and whoever answered last gets the traffic.`,
      todo: `Before ${children.length === 1 ? 'it comes' : 'they come'} up, find the other device, and give it or ${children.length === 1 ? 'the child' : 'each child'} another address.`,
    }),
    refused: ({ child, ips, owner }: RefusedData) => ({
      what: `${child} was given ${listOf(ips)} and does not use ${ips.length === 1 ? 'it' : 'them'}: somebody else had ${ips.length === 1 ? 'that address' : 'those addresses'}${owner === undefined ? '' : `, namely ${owner}`}.`,
      why: 'Before it uses an IPv6 address the kernel asks whether it is taken; it was (dadfailed).',
      todo: `Give ${child} another IPv6 address, or take it from the other owner and give it anew.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (
      parents.every(({ children }) =>
        children.every(({ addresses }) => addresses.every(({ scope }) => scope === 'link')),
      )
    )
      return { notApplicable: 'no macvlan child with an address here' };
    const lan = parents.map((parent) => ({ parent, owners: lanOwners(parent, context) }));
    const said = [
      ...sharedIn(context),
      ...parents.flatMap((parent) => hostIn(parent, context)),
      ...lan.flatMap(({ parent, owners }) => {
        const certain = owners.filter((one) => one.standing === 'owner' && isCertain(one));
        return groupBy(certain, ({ child }) => String(isAdminUp(child.link))).map(([, ones]) =>
          reportLan(parent, ones, context),
        );
      }),
      ...parents.flatMap((parent) =>
        groupBy(failedDad(parent), ({ child }) => child.name).flatMap(([, ones]) =>
          reportRefused(ones, parent, context),
        ),
      ),
    ];
    const turns = inTurn(said.flatMap(({ moves }) => moves));
    return {
      findings: said.map(({ moves, ...finding }) => ({
        ...finding,
        remedies: turns
          .filter((move) => moves.some(({ child }) => child === move.child))
          .map(({ child, address, turn }) => setChildAddress.request({ child, address, turn })),
      })),
      undetermined: lan.flatMap(({ parent, owners }) => unaskedOn(parent, owners, context)),
    };
  },
});

function hostIn(parent: Parent, context: CheckContext) {
  const certain = hostAddresses(parent, context).filter((one) => isCertain(one));
  const byChild = groupBy(certain, ({ child }) => child.name);
  return byChild.map(([, ones]) => reportHost(ones, context));
}

/** Children that share several addresses (an old and a new subnet, both families) are one fault. */
function sharedIn(context: CheckContext) {
  const inScope = new Set(
    context.topology.parents.flatMap(({ children }) => children.map(({ name }) => name)),
  );
  const shared = sharedAddresses(context).filter(
    (one) => isCertain(one) && one.children.some(({ name }) => inScope.has(name)),
  );
  const keyOf = ({ children, others }: (typeof shared)[number]): string =>
    [...children.map(({ name }) => name), ...others].join(' ');
  return groupBy(shared, keyOf).map(([, ones]) => reportShared(ones, context));
}
