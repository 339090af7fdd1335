// A parent on a VLAN that the switch port does not pass: nothing ever comes in on it.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import {
  askedByParent,
  heardOn,
  isSilentVlan,
  vlanOf,
  type Vlan,
} from '../derive/gateways/unheard-vlan.js';
import { identifyPlatform } from '../derive/platform/identify-platform.js';
import type { PlatformId } from '../derive/platform/platform-row.js';
import { tally } from '../derive/verdicts/reach.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import { counted } from '../derive/wording/words.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';

export default defineCheck({
  meta: {
    id: 'vlan-not-trunked',
    category: 'upstream',
    severity: 'fail',
    title: {
      pass: 'Something comes in on every VLAN',
      found: 'Nothing comes in on a VLAN: the switch port does not seem to pass it',
    },
    needs: ['namespaces'],
    dependsOn: [
      'desktop-vm',
      'wsl2',
      'parent-down',
      'parent-no-carrier',
      'parent-enslaved',
      'parent-wireless',
    ],
    docs: {
      explain: `A VLAN device such as eth0.30 sends and receives frames with the tag of its VLAN. It can be made on any card, and comes up, whether or not anything on the other side knows that VLAN. Where the switch port is an access port, or does not allow this id, tagged frames are dropped both ways: the untagged network on the same cable works, and the VLAN is dead.

Three things must come together before this is reported: nobody answers on the VLAN, not even the parent's own MAC; nothing at all was ever received on it; and the device below it does receive frames. Where something came in, the VLAN is passed, and a gateway that does not answer is reported as that. A VLAN that is right and has nobody else on it yet looks the same, and the report says so.

It may also be a virtual switch: a port group on ESXi passes tags only with VLAN 4095, a card on Hyper-V only as a trunk, a bridge on Proxmox only where it is VLAN aware. VLAN 1 is mostly the untagged one.

What does not help: giving the VLAN device an address "to activate it", which macvlan does not need, and promiscuous mode.`,
      references: ['IEEE 802.1Q', 'ip-link(8), type vlan', 'bridge(8), vlan'],
    },
  },
  messages: {
    'nothing-heard': ({ name, id, lower, victims }: VlanData) => ({
      what: `Nothing has ever come in on ${name} (VLAN ${id}), and nobody answers there, while ${lower} below it hears its LAN.`,
      why: `Most likely the switch port does not pass VLAN ${id} with its tag, and ${victims} cannot reach anybody beyond this host. Or the VLAN is passed, and nobody else is on it yet.`,
      todo: `Let the port at the other end of ${lower} pass VLAN ${id} tagged (a trunk), and check that ${id} is the id that is meant.`,
    }),
  },
  evaluate(_facts, context) {
    const vlans = context.topology.parents
      .filter(({ children, shims }) => children.length + shims.length > 0)
      .flatMap((parent) => vlanOf(parent, context) ?? []);
    if (vlans.length === 0)
      return { notApplicable: 'no macvlan link is on a VLAN of a single tag' };
    if (context.notProbed !== undefined) {
      const why = `${context.notProbed}${howToAsk(context)}`;
      return { findings: [], undetermined: vlans.map((vlan) => leaveOpen(vlan, why)) };
    }
    const silent = vlans.filter((vlan) => isSilentVlan(vlan, context));
    return {
      findings: silent.flatMap((vlan) => report(vlan, context)),
      undetermined: silent
        .filter((vlan) => heardOn(vlan, context).onVlan === undefined)
        .map((vlan) => leaveOpen(vlan, `its counters were not read${howToAsk(context)}`)),
    };
  },
});

interface VlanData {
  readonly name: string;
  readonly id: number;
  readonly lower: string;
  readonly victims: string;
}

function leaveOpen({ parent, link }: Vlan, why: string) {
  const reason = `whether anything comes in on ${link.ifname} is not known: ${why}`;
  return { subject: parentSubject(parent.name), within: [HOST], reason };
}

function report(vlan: Vlan, context: CheckContext) {
  const { parent, link, id } = vlan;
  const { onVlan, below } = heardOn(vlan, context);
  if (onVlan !== 0 || below === undefined || below.packets === 0) return [];
  const asked = tally(askedByParent(parent, context)).sent;
  const around = identifyPlatform(context.facts, parent);
  return [
    {
      code: 'nothing-heard' as const,
      subject: parentSubject(parent.name),
      within: [HOST],
      data: {
        name: link.ifname,
        id,
        lower: below.name,
        victims: listOf([...parent.children, ...parent.shims].map((end) => labelOf(end))),
      },
      evidence: [
        {
          from: 'traffic',
          says: `${link.ifname} has received 0 packets since it was made, ${below.name} ${below.packets}`,
        },
        {
          from: 'probe:gateway-arp-parent',
          says: `${counted(asked, 'ARP request')} with ${parent.name}'s own MAC, none answered`,
        },
      ],
      advice: [
        (around.confidence === 'hint' ? undefined : SETTINGS[around.id]) ??
          `On the switch: make the port of ${below.name} a trunk (tagged member) of VLAN ${id}.`,
        ...(id === 1 ? ['VLAN 1 is untagged on most switches: then it needs no VLAN device.'] : []),
        `If the VLAN is right and new: put another machine on it, and see whether \`ip -s link show dev ${link.ifname}\` counts anything.`,
      ],
    },
  ];
}

function labelOf(end: { readonly name: string; readonly label?: string }): string {
  return end.label ?? end.name;
}

/** Where the other end of the card is a virtual switch. */
const SETTINGS: Partial<Record<PlatformId, string>> = {
  vmware:
    'On ESXi: give the port group VLAN 4095 (or VLAN trunking on a distributed switch), and let the physical port behind it pass the VLAN as well.',
  'hyper-v':
    'On the Hyper-V host: make the card a trunk (Set-VMNetworkAdapterVlan with -Trunk, -AllowedVlanIdList and -NativeVlanId 0), and let the physical port behind it pass the VLAN as well.',
  'proxmox-guest':
    'On the Proxmox VE host: make the bridge VLAN aware (bridge-vlan-aware yes), give the card no tag of its own, name the VLAN in its trunks, and let the physical port behind it pass the VLAN as well.',
  kvm: 'On the KVM host: the bridge of this card must pass tagged frames (where it filters VLANs: bridge(8), vlan add), and so must the physical port behind it.',
};
