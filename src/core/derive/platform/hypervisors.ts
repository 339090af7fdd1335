// Hypervisors: which setting of the virtual port lets a guest use more MACs than its card's.
import type { PlatformRow } from './platform-row.js';

/** Of guests everywhere: the frames are gone before they come to the guest. */
const GUEST_PROMISC =
  'Promiscuous mode inside the virtual machine (`promisc on`) does not help: the frames are dropped before they get there.';

export const HYPERVISORS: readonly PlatformRow[] = [
  {
    id: 'vmware',
    name: 'a virtual machine on VMware',
    habit: { source: 'drops', unicast: 'drops' },
    settings: (_lost, { card, parent }) => [
      `On ESXi with a standard switch: in the security settings of the port group of ${card}, set both "Promiscuous mode" and "Forged transmits" to Accept; one of the two is not enough.`,
      'On ESXi 6.7 or later with a distributed switch: enable "MAC learning" and "Forged transmits" on the port group instead; its MAC limit must be higher than the number of children.',
      `On VMware Workstation or Fusion: let the virtual machine use promiscuous mode (on Linux hosts the right to write to /dev/vmnet*; ethernet0.noPromisc = "FALSE" in the .vmx file, with the number of its card), bridged to a wired card. For a ${parent} that carries VLAN tags, the port group needs VLAN 4095.`,
    ],
    inVain: `${GUEST_PROMISC} "MAC address changes" alone does nothing here either.`,
  },
  {
    id: 'hyper-v',
    name: 'a virtual machine on Hyper-V',
    habit: { source: 'drops', unicast: 'drops' },
    settings: (_lost, { card }) => [
      `On the Hyper-V host: enable "MAC address spoofing" for ${card} (settings of the virtual machine, Network Adapter, Advanced Features; in PowerShell Set-VMNetworkAdapter with -MacAddressSpoofing On), on an external virtual switch. It lets frames out and in.`,
      'Where the children use VLANs, the card must be a trunk as well (Set-VMNetworkAdapterVlan with -Trunk).',
    ],
    inVain: GUEST_PROMISC,
  },
  {
    id: 'virtualbox',
    name: 'a virtual machine on VirtualBox',
    habit: { source: 'passes', unicast: 'drops' },
    settings: (_lost, { card }) => [
      `In VirtualBox: set the "Promiscuous Mode" of ${card} to "Allow All" (settings, Network, Advanced; on the command line VBoxManage modifyvm with --nicpromisc1 allow-all, and the number of the adapter), attached as "Bridged Adapter" to a wired card of its host. Over Wi-Fi it cannot work.`,
    ],
    inVain: 'Promiscuous mode inside the virtual machine alone does not help: VirtualBox decides.',
  },
  {
    id: 'proxmox-guest',
    name: 'a guest of Proxmox VE',
    habit: { source: 'varies', unicast: 'passes' },
    settings: (_lost, { card }) => [
      `On the Proxmox VE host: the firewall of ${card} has a MAC filter, which is on by default. Switch off "MAC filter" in the firewall options of this guest (macfilter: 0), or untick "Firewall" on the card (firewall=0).`,
    ],
    inVain: 'Promiscuous mode on vmbr0 or in the guest, and nesting, do not help.',
  },
  {
    id: 'kvm',
    name: 'a virtual machine on KVM',
    habit: { source: 'passes', unicast: 'varies' },
    settings: (lost, { card }) => [
      ...(lost === 'foreign-unicast'
        ? []
        : [
            `On the KVM host: remove the filter from ${card} in the guest's XML (filterref to clean-traffic or no-mac-spoofing); on Proxmox VE switch off "MAC filter" in the guest's firewall options.`,
          ]),
      ...(lost === 'source-mac'
        ? []
        : [
            `On the KVM host: if ${card} is a direct interface (type='direct', macvtap), it delivers to one MAC only: put the guest on a Linux bridge instead, or use mode='passthrough' with a card of its own. On a bridge, macTableManager must not be 'libvirt'.`,
          ]),
    ],
    inVain: "trustGuestRxFilters='yes' and promiscuous mode in the guest do not open a macvtap.",
  },
  {
    id: 'xen',
    name: 'a virtual machine on Xen',
    habit: { source: 'passes', unicast: 'passes' },
    settings: (_lost, { card }) => [
      `On the Xen or XCP-ng host: the locking mode of the virtual interface of ${card} must not be "locked" (xe vif-param-set with locking-mode=unlocked), and its network backend must learn MACs.`,
    ],
    inVain: GUEST_PROMISC,
  },
  {
    id: 'openstack',
    name: 'an instance on OpenStack',
    habit: { source: 'drops', unicast: 'drops' },
    settings: (_lost, { pairs }) => [
      `In OpenStack: add every child to the allowed address pairs of this instance's port, address and MAC (openstack port set with --allowed-address)${pairs.length === 0 ? '' : `: ${pairs.join('; ')}`}. Or, where that is allowed, remove its security groups and disable port security.`,
    ],
    inVain: GUEST_PROMISC,
  },
  {
    id: 'nutanix',
    name: 'a virtual machine on Nutanix AHV',
    habit: { source: 'varies', unicast: 'varies' },
    settings: (_lost, { card }) => [
      `On Nutanix AHV: ask the administrator whether the port of ${card} learns more than one MAC; networks that are managed (IPAM) or have microsegmentation may not.`,
    ],
    inVain: GUEST_PROMISC,
  },
];
