// What no check looks at, of links and cards.
import type { Topic } from '../../../model/manual.js';
import { DOCTOR, LINKS, LINKS_IN_DETAIL, onlyChecks } from '../commands.js';

export const linkTopics: readonly Topic[] = [
  {
    id: 'mac-multicast-bit',
    title: 'A MAC with an odd first byte belongs to no single card',
    explain: `The lowest bit of the first byte of a MAC tells addresses of groups from those of single cards: 01, 03, e7 and 97 are odd, and so groups. The kernel gives no such address to a link and says "cannot assign requested address"; the same for a MAC that is all zeros.

An address of one's own begins with 02, 06, 0a or 0e: unicast, and administered locally. The five bytes after it are free, as long as nobody on the LAN has the same.`,
    next: [LINKS],
    vain: 'another ending of the MAC',
    references: ['IEEE 802, individual/group bit', 'net/core/dev.c, dev_set_mac_address'],
  },
  {
    id: 'macvtap-in-container',
    title: 'A virtual machine in a container wants a macvtap link of its own',
    explain: `Images that run a virtual machine inside a container, and let it ask the LAN for its own address, make a macvtap link on the container's own link. For that the container's network has to be macvlan (ipvlan cannot carry a second MAC), the kernel needs macvtap, and the container needs NET_ADMIN, /dev/vhost-net and a rule for the devices of tap links (\`--device-cgroup-rule='c *:* rwm'\`).

Old kernels of network storage have no macvtap; there the machine can only share the address of its container.`,
    next: [
      ['docker', 'network', 'ls', '--filter', 'driver=macvlan'],
      ['modprobe', 'macvtap'],
    ],
    vain: 'another image',
    references: ['ip-link(8)', 'drivers/net/macvtap.c'],
  },
  {
    id: 'mtu-mismatch',
    title: 'A child cannot have a larger MTU than its parent',
    explain: `The MTU of the parent is the most that its children may have; the kernel refuses more with "Invalid argument", and CNI says it before the kernel does. Where the MTU of a parent is lowered, its children follow, and they stay low when it is raised again: until the container starts anew.

Docker's macvlan driver has no option for the MTU and takes that of the parent. Set the MTU of the parent for good in the host's network configuration, then restart the containers. What is larger than the network lets through is found by the check mtu-black-hole.`,
    next: [LINKS, onlyChecks('mtu-black-hole')],
    vain: 'jumbo frames on one side alone',
    references: ['drivers/net/macvlan.c, macvlan_change_mtu', 'CNI plugins, macvlan'],
  },
  {
    id: 'nic-filter-table-full',
    title: 'The card has no room for one more MAC',
    explain: `A card keeps a short list of MACs that it receives for, and every child adds one. When the list is full the driver turns promiscuous mode on by itself and says so: everything is received, and the kernel sorts it out, which costs processor time. Nothing is lost by it on a card of one's own. A virtual function cannot do that, and there the next child stays deaf: see sriov-vf-untrusted.

Fewer children on that card, or ipvlan, which has one MAC for all, get the list short again. \`ethtool -K\` with l2-fwd-offload off takes the children out of the card's own switching, where that is what fails.`,
    next: [LINKS_IN_DETAIL, onlyChecks('nic-unicast-filter')],
    vain: 'a longer `bcqueuelen`',
    references: ['drivers/net/ethernet/intel/i40e/i40e_main.c', 'net/core/dev_addr_lists.c'],
  },
  {
    id: 'sriov-vf-untrusted',
    title: 'A virtual function may not have the MACs of its children',
    explain: `The parent is a virtual function of an SR-IOV card. The host that the card is in decides what it may do: without trust it gets no further MACs, so what is sent to the children never comes in; with spoof checking on, what they send is dropped.

On the host with the card, \`ip link set dev PF vf N trust on spoofchk off\`, with the name of the card and the number of the function; networkd keeps it with Trust=yes and MACSpoofCheck=no in a section [SR-IOV]. Or give each container a function of its own.`,
    next: [onlyChecks('source-mac-filter', 'foreign-unicast-filter'), LINKS_IN_DETAIL],
    vain: 'changing the MAC of the virtual function inside the guest',
    references: ['ip-link(8)', 'systemd.network(5), section [SR-IOV]'],
  },
  {
    id: 'vswitch-reflection',
    title: 'Frames come back to their sender',
    explain: `A card receives what it sent itself. On ESXi a port group in promiscuous mode with two uplinks hears its own broadcasts by the second one; a loop in the cabling does the same, and a switch port with reflective relay does it on purpose. The same line is logged where a second device has the same MAC.

Duplicate address detection of IPv6 then takes every address for taken, pings are answered twice, and switches move the MAC to and fro. On ESXi use MAC learning of a distributed switch in place of promiscuous mode, or one active uplink.`,
    next: [onlyChecks('duplicate-mac'), DOCTOR],
    vain: 'switching off duplicate address detection',
    references: ['net/bridge/br_fdb.c', 'VMware: MAC learning on a distributed switch'],
  },
];
