// A MAC of a child that somebody else has too: a sibling, its parent, another link of this machine, a device on the LAN.
import { defineCheck } from '../../model/check.js';
import { foreignAnswers, openSuspects } from '../derive/owners/foreign-macs.js';
import {
  reportForeign,
  reportParents,
  reportRefusedLink,
  reportTwins,
  suspectLeftOpen,
  twinLeftOpen,
  copiesLeftOpen,
  type ForeignData,
  type ParentData,
  type RefusedLinkData,
  type TwinData,
} from '../derive/owners/mac-reports.js';
import { mightMeet, parentsTwins, refusedOn, twinsOn } from '../derive/owners/shared-macs.js';
import { groupBy, listOf } from '../derive/wording/victims.js';
import setChildMac from '../fixes/set-child-mac.js';

export default defineCheck({
  meta: {
    id: 'duplicate-mac',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'No MAC of a child has a second owner',
      found: 'A MAC of a child has a second owner',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'parent-not-ethernet', 'parent-enslaved'],
    docs: {
      explain: `A switch learns behind which port a MAC lives from the frames that it sends. Where two machines have one MAC it changes its mind with every frame, and each of the two gets a part of the other's traffic. Inside one parent the kernel does not let it come to that: of two macvlan links with one MAC only one can be brought up, and the other fails with "Address already in use" ("device or resource busy" on older kernels); so does a link with the MAC of its parent.

People get here by mac_address given twice, by a cloned virtual machine or a copied compose file on two hosts, or by giving a container the MAC of the router that it stands in for. A sandbox that a crashed engine left behind holds its MAC as well.

Sought among the links of this machine, and in what the LAN answers: when a device answers by the wire with the MAC of a child that sits on this very parent, it is somebody else, because the child's frames never come in by its own parent. Where the switch reflects, they do, and nothing is said. A passthru child has its parent's MAC by design; a bridge has that of a port, a VLAN that of its card; one MAC on two separate LANs or VLANs harms nobody. Whether two links lead to one LAN is tried by a frame to all: what is sent at the one has to come in at the other. That the same router seems to answer on both proves nothing, for routers are made from templates too. A device that is silent meanwhile cannot be found.

What does not help: bringing the link up again, or restarting the switch. One of the two needs another MAC.`,
      references: [
        'drivers/net/macvlan.c, macvlan_addr_busy',
        'IEEE 802.1Q, learning',
        'ip-link(8)',
      ],
    },
  },
  messages: {
    refused: ({ end, by, mac, parent }: RefusedLinkData) => ({
      what: `${end} cannot be brought up: ${by} has the same MAC, ${mac}.`,
      why: `The kernel lets one link of ${parent} be up with one MAC ("Address already in use").`,
      todo: `Give ${end} another MAC, then bring it up; or remove it, if it is a left-over.`,
    }),
    parent: ({ child, parent, mac }: ParentData) => ({
      what: `${child} and its parent ${parent} have the same MAC, ${mac}.`,
      why: `Whatever arrives for it goes to ${child}, and this host no longer gets its own answers on ${parent}.`,
      todo: `Give ${child} another MAC.`,
    }),
    here: ({ child, other, mac }: TwinData) => ({
      what: `${child} and ${other} are on one LAN with the same MAC, ${mac}.`,
      why: 'The switch sends what is meant for one of them now here and now there.',
      todo: 'Give one of the two another MAC.',
    }),
    lan: ({ child, mac, ips }: ForeignData) => ({
      what: `A device on the LAN has the MAC of ${child}, ${mac}: it answers for ${listOf(ips)}.`,
      why: 'The switch sends what is meant for one of them now here and now there.',
      todo: `Find the device, and give it or ${child} another MAC.`,
    }),
    copy: ({ child, mac, ips }: ForeignData) => ({
      what: `A device on the LAN has the MAC and the address of ${child}: ${mac} answers for ${listOf(ips)}.`,
      why: `It looks like a copy of ${child} on another host. The switch sends what is meant for one of them now here and now there.`,
      todo: 'Stop the copy, or give it a MAC and an address of its own.',
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every(({ children }) => children.every(({ mac }) => mac === '')))
      return { notApplicable: 'no macvlan children here' };
    const twins = parents.flatMap((parent) => twinsOn(parent, context));
    const foreign = parents.map((parent) => ({ parent, ...foreignAnswers(parent, context) }));
    const said = [
      ...parents.flatMap((parent) =>
        refusedOn(parent).map((one) => reportRefusedLink(one, parent)),
      ),
      ...parents.flatMap((parent) =>
        parentsTwins(parent).map((child) => reportParents(child, parent)),
      ),
      ...groupBy(
        twins.filter(({ lans }) => lans === 'one'),
        ({ child }) => child.mac,
      ).flatMap(([, ones]) => reportTwins(ones, context)),
      ...foreign.flatMap(({ certain }) => reportForeign(certain)),
    ];
    return {
      findings: said.map(({ change, ...finding }) => ({
        ...finding,
        remedies: change === undefined ? [] : [setChildMac.request(change)],
      })),
      undetermined: [
        ...twins
          .filter(
            (one) => one.lans === 'open' || (one.lans === 'unknown' && mightMeet(one, context)),
          )
          .map((one) => twinLeftOpen(one, context)),
        ...foreign.flatMap(({ open }) => copiesLeftOpen(open)),
        ...parents.flatMap((parent) =>
          openSuspects(parent, context).map((one) => suspectLeftOpen(one, parent, context)),
        ),
      ],
    };
  },
});
