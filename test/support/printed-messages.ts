// Messages as their programs print them, word for word, with the pages that each has to lead to.

/** What was printed, and the ids of the checks and topics that it is about. */
export type Row = readonly [said: string, about: readonly string[]];

export const DOCKER: readonly Row[] = [
  [
    'invalid subinterface vlan name en0, example formatting is eth0.10',
    ['parent-missing', 'desktop-vm', 'rootless-namespace'],
  ],
  [
    '-o parent interface was not found on the host: eth1',
    ['vlan-parent-missing', 'parent-missing', 'desktop-vm', 'rootless-namespace'],
  ],
  [
    'the requested parent interface enp3s0 was not found on the Docker host',
    ['parent-missing', 'parent-gone-after-reboot'],
  ],
  [
    'error occurred looking up the macvlan parent iface eth0.50 error: Link not found',
    ['parent-missing', 'parent-gone-after-reboot'],
  ],
  ['network dm-0123456789ab is already using parent interface eth0', ['parent-shared-old-docker']],
  [
    'cannot use mode passthru, macvlan network 8f0c is already using parent interface eth0',
    ['passthru-shared'],
  ],
  [
    'macvlan network 8f0c is already using parent interface eth0 in mode passthru',
    ['passthru-shared'],
  ],
  ['Pool overlaps with other one on this address space', ['pool-overlap']],
  ['invalid pool request: Pool overlaps with other one on this address space', ['pool-overlap']],
  [
    'kernel version failed to meet the minimum macvlan kernel requirement of 3.9, found 3.2.40',
    ['kernel-too-old'],
  ],
  [
    'failed to create the macvlan port: device or resource busy',
    ['parent-enslaved', 'ipvlan-macvlan-mix'],
  ],
  [
    'failed to create the ipvlan port: device or resource busy',
    ['parent-enslaved', 'ipvlan-macvlan-mix'],
  ],
  ['failed to create the macvlan port: operation not supported', ['module-missing']],
  [
    'failed to create the ipvlan port: operation not supported, ensure there are no macvlan networks using the same -o parent',
    ['ipvlan-macvlan-mix'],
  ],
  [
    'failed to create the macvlan port: invalid argument',
    ['passthru-shared', 'parent-not-ethernet'],
  ],
  ['Address already in use', ['ipam-address-taken']],
  ['failed to allocate gateway (192.168.1.1): Address already in use', ['ipam-address-taken']],
  ['no available addresses on this pool', ['ip-range-exhausted']],
  [
    "invalid gateway 192.168.0.1: parent subnet 172.30.30.0/23 doesn't contain this address",
    ['gateway-outside-subnet'],
  ],
  ['no matching subnet for gateway 10.0.0.1', ['gateway-outside-subnet']],
  ['invalid subnet 192.168.1.1/24: it should be 192.168.1.0/24', ['cidr-host-bits']],
  ['invalid ip-range 192.168.99.129/27: it should be 192.168.99.128/27', ['cidr-host-bits']],
  ['auxiliary address: (shim:10.9.9.9) must belong to the master pool', ['cidr-host-bits']],
  [
    "requested macvlan mode 'Bridge' is not valid, 'bridge' mode is the macvlan driver default",
    ['mode-typo'],
  ],
  ['loopback interface is not a valid macvlan parent link', ['parent-not-ethernet']],
  ['failed to create eth0.50 vlan link: operation not supported', ['vlan-parent-missing']],
  ['vlan id must be between 1-4094, received: 5000', ['vlan-parent-missing']],
  [
    'required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received br0.50.x',
    ['vlan-parent-missing'],
  ],
  [
    'failed to add interface vethX to sandbox: failed to advertise addresses: write ip ::1->ff02::1: sendmsg: network is unreachable',
    ['docker28-parent-down', 'parent-down', 'parent-no-carrier'],
  ],
  ['configuration network "mv-cfg" does not exist', ['swarm-config-only']],
  ['cannot create a swarm scoped network when swarm is not active', ['swarm-config-only']],
  ['Cannot create a multi-host network from a worker node', ['swarm-config-only']],
  [
    'network driver options are not supported if the network depends on a configuration network',
    ['swarm-config-only'],
  ],
  ['macvlan driver does not support port mappings', ['published-ports-ignored']],
];

export const PODMAN: readonly Row[] = [
  [
    'netavark: unable to obtain lease: socket "/run/podman/nv-proxy.sock": No such file or directory (os error 2), is the netavark-dhcp-proxy.socket unit enabled?',
    ['netavark-dhcp-socket', 'rootless-namespace'],
  ],
  ...[
    'Could not find a lease within the timeout limit',
    'Timeout on acquiring DHCPv4 lease on enp5s0',
    'dhcp proxy error: status: Aborted, message: "Timeout: Timeout"',
  ].map((said): Row => [
    said,
    ['netavark-dhcp-timeout', 'gateway-is-host', 'source-mac-filter', 'parent-wireless', 'wsl2'],
  ]),
  [
    'macvlan driver needs at least one subnet specified, DHCP is not yet supported with netavark',
    ['netavark-dhcp-socket'],
  ],
  [
    'netavark: Netlink error: No such device (os error 19)',
    ['rootless-namespace', 'parent-missing'],
  ],
  ['failed to get default route interface', ['parent-autoselect', 'rootless-namespace']],
  ['parent interface eth0 does not exist', ['parent-missing', 'rootless-namespace']],
];

export const CNI: readonly Row[] = [
  [
    'error adding container to network "macvlan-conf": device or resource busy',
    ['parent-enslaved', 'ipvlan-macvlan-mix'],
  ],
  ['failed to set link up: device or resource busy', ['duplicate-mac']],
  ['failed to set link up: address already in use', ['duplicate-mac']],
  ['failed to create macvlan: cannot assign requested address', ['mac-multicast-bit']],
  [
    'failed to set "net1" address to "e7:11:22:33:44:55": cannot assign requested address',
    ['mac-multicast-bit'],
  ],
  ['no IP addresses available in range set: 10.1.1.1-10.1.1.2', ['cni-range-exhausted']],
  [
    'Could not allocate IP in range: ip: 10.0.0.98 / - 10.0.0.99 / range: net.IPNet{IP:net.IP{0xa}}',
    ['cni-range-exhausted'],
  ],
  [
    'error dialing DHCP daemon: dial unix /run/cni/dhcp.sock: connect: no such file or directory',
    ['cni-dhcp-daemon', 'source-mac-filter'],
  ],
  ['error calling DHCP.Allocate: no more tries', ['cni-dhcp-daemon', 'source-mac-filter']],
  ['no DHCP packet received within 10s', ['cni-dhcp-daemon', 'source-mac-filter']],
  ['Link "net1" down. Attempting to set up', ['cni-dhcp-link-down']],
  ['network is down', ['cni-dhcp-link-down', 'parent-down', 'child-down']],
  ['no default route interface found', ['parent-autoselect', 'rootless-namespace']],
  ['failed to lookup master "eth7": Link not found', ['parent-missing']],
  ['invalid MTU 9000, must be [0, master MTU(1500)]', ['mtu-mismatch']],
];

export const INCUS: readonly Row[] = [
  ["Parent device 'eth0' doesn't exist", ['parent-missing']],
  ['Parent interface "enp9s0" not found', ['parent-missing']],
  ['Network "lan" unavailable on this server', ['parent-gone-after-reboot', 'parent-missing']],
];

export const LIBVIRT: readonly Row[] = [
  [
    'error creating macvtap interface macvtap0@eth0 (52:54:00:12:34:56): Device or resource busy',
    ['parent-enslaved', 'ipvlan-macvlan-mix'],
  ],
  [
    'error creating macvlan interface macvlan3@wg0 (52:54:00:12:34:56): Invalid argument',
    ['passthru-shared', 'parent-not-ethernet'],
  ],
  [
    'error creating macvtap interface macvtap0@eth0 (52:54:00:12:34:56): Operation not supported',
    ['module-missing'],
  ],
  ["Cannot get interface MTU on 'eno9': No such device", ['parent-missing']],
];

export const KERNEL: readonly Row[] = [
  [
    'Cannot add more MAC addresses, VF is not trusted, switch the VF to trusted to add more functionality',
    ['sriov-vf-untrusted', 'nic-unicast-filter'],
  ],
  ['Failed to add MAC filter, error IAVF_ERR_NVM', ['sriov-vf-untrusted', 'nic-unicast-filter']],
  [
    'Error I40E_AQ_RC_ENOSPC, adding RX filters on PF, promiscuous mode forced on',
    ['nic-filter-table-full'],
  ],
  ['neighbour: arp_cache: neighbor table overflow!', ['neighbour-table-full']],
  [
    'received packet on br0 with own address as source address (addr:02:42:ac:11:00:02, vlan:0)',
    ['vswitch-reflection', 'duplicate-mac'],
  ],
  [
    "Cannot create macvtap interface. Please make sure the network type is 'macvlan' and not 'ipvlan'",
    ['macvtap-in-container'],
  ],
  ['RTNETLINK answers: Device or resource busy', ['parent-enslaved', 'ipvlan-macvlan-mix']],
  [
    'RTNETLINK answers: Invalid argument',
    ['parent-not-ethernet', 'passthru-shared', 'mtu-mismatch'],
  ],
  ['RTNETLINK answers: Address already in use', ['duplicate-mac']],
  ['RTNETLINK answers: Cannot assign requested address', ['mac-multicast-bit']],
  ['Error: Unknown device type.', ['module-missing']],
  ['RTNETLINK answers: Operation not supported', ['module-missing']],
  ['Cannot find device "eth9"', ['parent-missing']],
];
