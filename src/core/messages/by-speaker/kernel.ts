// What the kernel logs, and what others print of its answers: iproute2, and images with a virtual machine in them.
import type { KnownMessage } from '../../../model/manual.js';
import { LINKS, LINKS_IN_DETAIL, onlyChecks } from '../commands.js';

const KERNEL_LOG = ['dmesg', '--ctime', '--level=err,warn,notice,info'];

const logged: readonly KnownMessage[] = [
  {
    wordings: [
      'Cannot add more MAC addresses, VF is not trusted, switch the VF to trusted to add more functionality',
      'Failed to add MAC filter, error IAVF_ERR_NVM',
      'Failed to add MAC filter',
    ],
    saidBy: 'kernel',
    means:
      'The parent is a virtual function of an SR-IOV card, and the card lets it have no more MACs: its children stay deaf.',
    about: ['sriov-vf-untrusted', 'nic-unicast-filter'],
    next: [onlyChecks('nic-unicast-filter'), LINKS_IN_DETAIL],
    vain: 'changing the MAC of the virtual function inside the guest',
  },
  {
    wordings: ['adding RX filters on PF, promiscuous mode forced on', 'promiscuous mode forced on'],
    saidBy: 'kernel',
    means:
      'The card has no room for the MAC of one more child, and receives everything from now on. It works, and costs processor time.',
    about: ['nic-filter-table-full'],
    next: [LINKS_IN_DETAIL],
    vain: 'a longer `bcqueuelen`',
  },
  {
    wordings: ['neighbor table overflow'],
    saidBy: 'kernel',
    means:
      'The table of neighbours is full. It is one for all namespaces of the host, and holds 1024 entries unless that was raised.',
    about: ['neighbour-table-full'],
    next: [onlyChecks('neighbour-table-full')],
    vain: 'emptying ARP tables from cron',
  },
  {
    wordings: ['received packet on {link} with own address as source address'],
    saidBy: 'kernel',
    means:
      'What was sent by {link} came back to it: somebody reflects frames, or there is a loop, or two have one MAC.',
    about: ['vswitch-reflection', 'duplicate-mac'],
    next: [onlyChecks('duplicate-mac'), KERNEL_LOG],
    vain: 'switching off duplicate address detection',
  },
  {
    wordings: [
      "Cannot create macvtap interface. Please make sure the network type is 'macvlan' and not 'ipvlan'",
    ],
    saidBy: 'image',
    means:
      'An image with a virtual machine in it wanted a macvtap link inside its container: the network is none of macvlan, or /dev and the rights for it are missing, or the kernel has no macvtap.',
    about: ['macvtap-in-container'],
    next: [
      ['docker', 'network', 'ls', '--filter', 'driver=macvlan'],
      ['modprobe', 'macvtap'],
    ],
    vain: 'another image',
  },
];

/** An answer is one word of the kernel; the command before it tells what it was about. */
const answered: readonly KnownMessage[] = [
  {
    wordings: ['RTNETLINK answers: Device or resource busy'],
    saidBy: 'iproute2',
    means:
      'If a macvlan link was to be made: somebody has its parent already, a bridge or bond that it belongs to, or links of ipvlan. If a device was to join a bridge or bond: it has children, and cannot.',
    about: ['parent-enslaved', 'ipvlan-macvlan-mix'],
    next: [onlyChecks('parent-enslaved', 'ipvlan-macvlan-mix'), LINKS_IN_DETAIL],
    vain: 'promiscuous mode',
  },
  {
    wordings: ['RTNETLINK answers: Invalid argument'],
    saidBy: 'iproute2',
    means:
      'If a macvlan link was to be made or changed: its parent is no Ethernet device, or a passthru child is there or was to come beside others, or its MTU is larger than that of the parent.',
    about: ['parent-not-ethernet', 'passthru-shared', 'mtu-mismatch'],
    next: [onlyChecks('parent-not-ethernet', 'passthru-shared'), LINKS_IN_DETAIL],
    vain: 'trying again',
  },
  {
    wordings: ['RTNETLINK answers: Address already in use'],
    saidBy: 'iproute2',
    means:
      'If a macvlan link was to be set up, or to get another MAC: its parent or a sibling has that MAC.',
    about: ['duplicate-mac'],
    next: [onlyChecks('duplicate-mac'), LINKS_IN_DETAIL],
    vain: 'another IP address',
  },
  {
    wordings: ['RTNETLINK answers: Cannot assign requested address'],
    saidBy: 'iproute2',
    means:
      'If a link was to get a MAC: it is no address of a single card, since its first byte is odd or all of it is zero.',
    about: ['mac-multicast-bit'],
    next: [LINKS],
    vain: 'another ending of the MAC',
  },
  {
    wordings: [
      'Error: Unknown device type',
      'RTNETLINK answers: Operation not supported',
      'RTNETLINK answers: Not supported',
    ],
    saidBy: 'iproute2',
    means:
      'If a macvlan link was to be made: the kernel has no macvlan, or may not load it from in here.',
    about: ['module-missing'],
    next: [onlyChecks('module-missing'), ['modprobe', 'macvlan']],
    vain: 'a newer iproute2',
  },
  {
    wordings: ['Cannot find device {link}'],
    saidBy: 'iproute2',
    means: 'There is no interface called {link} in this namespace.',
    about: ['parent-missing'],
    next: [LINKS],
    vain: 'another order of the words',
  },
  {
    wordings: ['RTNETLINK answers: File exists'],
    saidBy: 'iproute2',
    means:
      'The link, the address or the route is there already: a script that ran twice, or another link of that name.',
    about: ['shim-not-persistent'],
    next: [LINKS],
    vain: 'a pause before it',
  },
];

export const kernel: readonly KnownMessage[] = [...logged, ...answered];
