// What CNI plugins say, and Multus and Whereabouts around them.
import type { KnownMessage } from '../../../model/manual.js';
import { DEFAULT_ROUTE, LINKS, LINKS_IN_DETAIL, onlyChecks } from '../commands.js';

const DHCP_SOCKET = ['ls', '-l', '/run/cni/dhcp.sock'];

export const cni: readonly KnownMessage[] = [
  {
    wordings: [
      'failed to create macvlan: device or resource busy',
      'error adding container to network {network}: device or resource busy',
    ],
    saidBy: 'CNI',
    means:
      'Somebody has the parent already: a bridge, bond or Open vSwitch that it belongs to, or pods on ipvlan of the same parent.',
    about: ['parent-enslaved', 'ipvlan-macvlan-mix'],
    next: [onlyChecks('parent-enslaved', 'ipvlan-macvlan-mix'), LINKS_IN_DETAIL],
    vain: 'promiscuous mode; installing the plugin anew',
  },
  {
    wordings: ['failed to create macvlan: operation not supported'],
    saidBy: 'CNI',
    means: 'The kernel of this node has no macvlan.',
    about: ['module-missing'],
    next: [['modprobe', 'macvlan'], onlyChecks('module-missing')],
    vain: 'another version of the plugin',
  },
  {
    wordings: ['failed to create macvlan: invalid argument'],
    saidBy: 'CNI',
    means:
      'The kernel refuses the link: its parent is no Ethernet device, or a passthru child is there or was to come beside others.',
    about: ['parent-not-ethernet', 'passthru-shared'],
    next: [onlyChecks('parent-not-ethernet', 'passthru-shared'), LINKS_IN_DETAIL],
    vain: 'trying again',
  },
  {
    wordings: [
      'failed to set link up: device or resource busy',
      'failed to set link up: address already in use',
    ],
    saidBy: 'CNI',
    means:
      'The parent or a sibling has the MAC of this child; often a namespace that was left behind when its container crashed.',
    about: ['duplicate-mac'],
    next: [onlyChecks('duplicate-mac'), LINKS_IN_DETAIL],
    vain: 'another MAC while what was left behind stays',
  },
  {
    wordings: [
      'failed to create macvlan: cannot assign requested address',
      'failed to create the macvlan port: cannot assign requested address',
      'failed to set {link} address to {mac}: cannot assign requested address',
    ],
    saidBy: 'CNI',
    means:
      'The MAC that was asked for is no address of a single card: its first byte is odd, or all of it is zero.',
    about: ['mac-multicast-bit'],
    next: [LINKS],
    vain: 'another ending of the MAC',
  },
  {
    wordings: [
      'no IP addresses available in range set: {range}',
      'no IP addresses available in range set',
      'Could not allocate IP in range: ip: {first} / - {last} / range: {range*}',
      'Could not allocate IP in range',
    ],
    saidBy: 'CNI',
    means:
      'All addresses of the range are given away, some perhaps to pods that are gone without giving theirs back.',
    about: ['cni-range-exhausted'],
    next: [
      ['ls', '-R', '/var/lib/cni/networks'],
      ['kubectl', 'get', 'ippools.whereabouts.cni.cncf.io', '--all-namespaces'],
    ],
    vain: 'emptying /var/lib/cni on a node where pods run',
  },
  {
    wordings: ["requested ip {address} is subnet's gateway"],
    saidBy: 'CNI',
    means: 'The address {address} was asked for, and belongs to the gateway of the range.',
    about: ['ipam-address-taken'],
    next: [DEFAULT_ROUTE],
    vain: 'emptying ARP tables',
  },
  {
    wordings: ['unknown macvlan mode: {mode}', 'unknown macvlan mode'],
    saidBy: 'CNI',
    means: 'The modes are bridge, private, vepa and passthru, in small letters.',
    about: ['mode-typo'],
    next: [],
    vain: '`passthrough`, which is the word of libvirt',
  },
  {
    wordings: [
      'error dialing DHCP daemon: dial unix {socket}: {reason*}',
      'error dialing DHCP daemon',
      'error calling DHCP.Allocate: no more tries',
      'no DHCP packet received within {time}',
    ],
    saidBy: 'CNI',
    means:
      'The plugin `dhcp` is a daemon that has to run on each node, in its namespace: it does not run, or nobody answered it.',
    about: ['cni-dhcp-daemon', 'source-mac-filter'],
    next: [DHCP_SOCKET, ['systemctl', 'status', 'cni-dhcp.socket', 'cni-dhcp.service']],
    vain: 'minding `Link "net1" down … network is down`, which is printed when all is well, too',
  },
  {
    wordings: ['Link {link} down. Attempting to set up'],
    saidBy: 'CNI',
    means:
      'No error: the dhcp daemon prints it when all is well, too. It sets {link} up and goes on.',
    about: ['cni-dhcp-link-down'],
    next: [DHCP_SOCKET],
    vain: 'setting the link up by hand',
  },
  {
    wordings: ['network is down'],
    saidBy: 'CNI',
    means:
      'In the log of the dhcp daemon of CNI no error: it is printed when all is well, too. Elsewhere a link was down that something was to be sent by.',
    about: ['cni-dhcp-link-down', 'parent-down', 'child-down'],
    next: [onlyChecks('parent-down', 'child-down'), LINKS],
    vain: 'setting the link up in the container, while its parent is down',
  },
  {
    wordings: ['no default route interface found'],
    saidBy: 'CNI',
    means:
      'The network names no `master`, so the interface of the default route was to be taken, and there is no default route.',
    about: ['parent-autoselect', 'rootless-namespace'],
    next: [DEFAULT_ROUTE],
    vain: 'deleting the default route of another card',
  },
  {
    wordings: ['failed to lookup master {parent}: Link not found'],
    saidBy: 'CNI',
    means: 'There is no interface called {parent} on this node.',
    about: ['parent-missing'],
    next: [LINKS],
    vain: 'starting the pod anew',
  },
  {
    wordings: ['invalid MTU {asked}, must be [{least}, master MTU({most})]'],
    saidBy: 'CNI',
    means:
      'A child cannot have a larger MTU than its parent: {asked} was asked for, {most} is the most.',
    about: ['mtu-mismatch'],
    next: [LINKS],
    vain: 'jumbo frames on one side alone',
  },
];
