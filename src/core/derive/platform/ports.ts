// Ports that are no virtual switch's: radio, virtual functions, links inside this machine, a cable to a switch.
import type { PlatformRow } from './platform-row.js';

export const PORTS: readonly PlatformRow[] = [
  {
    id: 'sriov-vf',
    name: 'a virtual function of a card that several machines share (SR-IOV)',
    habit: { source: 'drops', unicast: 'drops' },
    settings: (_lost, { card }) => [
      `Where the physical card is administered: set this virtual function (${card}) to \`trust on\` and \`spoofchk off\` with \`ip link set\`, and keep it with Trust=yes and MACSpoofCheck=no in an [SR-IOV] section of systemd-networkd. Or give every container a virtual function of its own.`,
    ],
    inVain:
      "Changing the virtual function's own MAC in the guest, and promiscuous mode without trust, do not help.",
  },
  {
    id: 'wifi',
    name: 'a wireless client',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      'An access point accepts one MAC per client. Use a wired card as parent, ipvlan (which shares the MAC), or WDS (4-address mode) where access point and driver both can.',
    ],
    inVain: 'Promiscuous mode, passthru and power saving make no difference.',
  },
  {
    id: 'wsl2',
    name: 'WSL2',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      'WSL2 has no setting for it. Use a real virtual machine on Hyper-V with an external switch and MAC address spoofing enabled, or publish ports.',
    ],
    inVain: 'networkingMode=bridged and netsh portproxy do not help.',
  },
  {
    id: 'local-link',
    name: 'a link inside this machine',
    habit: { source: 'passes', unicast: 'passes' },
    settings: (lost, { parent }) => [
      `${parent} has no card below it: its other end is on this machine, mostly at a bridge. Look at that bridge port${lost === 'foreign-unicast' ? ': `flood off` or `learning off` (bridge(8)) keep frames for MACs that the bridge does not know from it' : ': `locked on` (bridge(8)) or a filter on the bridge (nftables, ebtables) drop what comes from other MACs'}.`,
      'If this host is itself a container: its manager may filter MACs (macfilter: 0 in the firewall options on Proxmox VE, security.mac_filtering=false on Incus and LXD switch that off).',
    ],
    inVain:
      'A setting of the physical switch does not help as long as the frames do not leave this machine.',
  },
  {
    id: 'bare-metal',
    name: 'a machine with a card of its own',
    habit: { source: 'varies', unicast: 'passes' },
    settings: (lost, { macs }) =>
      lost === 'foreign-unicast'
        ? [
            'No ordinary switch does this. Look at the card and its driver first: a card whose filter forgets addresses works while it is promiscuous.',
          ]
        : [
            `On a managed switch: raise the port-security maximum of this port to ${macs.toString()} or more (sticky addresses of earlier containers count too: clear them), and let it have more than one device where it uses 802.1X (multi-auth).`,
            'Where the switch has DHCP snooping, dynamic ARP inspection or IP source guard, add a static binding for each child.',
          ],
    inVain:
      "Promiscuous mode on this host does not open a switch port, and a child cannot use the parent's own MAC.",
  },
];

export const UNKNOWN: PlatformRow = {
  id: 'unknown',
  name: 'a machine of unknown kind',
  habit: { source: 'varies', unicast: 'varies' },
  settings: (lost, { macs }) => [
    'In a virtual machine: accept promiscuous mode and forged transmits on its port group (VMware), enable MAC address spoofing (Hyper-V), allow promiscuous mode for all (VirtualBox), switch off the MAC filter of its card (Proxmox, libvirt).',
    ...(lost === 'foreign-unicast'
      ? []
      : [
          `On a managed switch: raise the port-security maximum of this port to ${macs.toString()} or more, allow several devices (802.1X multi-auth), and add bindings where it uses DHCP snooping or ARP inspection.`,
        ]),
    'On a virtual function (SR-IOV): `trust on` and `spoofchk off`. In clouds and on most rented servers there is no setting: use ipvlan or publish ports there.',
  ],
  inVain:
    "Promiscuous mode on this host does not help where somebody else's device drops the frames.",
};
