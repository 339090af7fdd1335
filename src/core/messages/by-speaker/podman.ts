// What Podman and netavark say.
import type { KnownMessage } from '../../../model/manual.js';
import { DEFAULT_ROUTE, DOCTOR, LINKS, onlyChecks } from '../commands.js';

const SOCKET = 'netavark-dhcp-proxy.socket';
const IS_ROOTLESS = ['podman', 'info', '--format', '{{.Host.Security.Rootless}}'];

export const podman: readonly KnownMessage[] = [
  {
    wordings: [
      `unable to obtain lease: socket "{socket}": No such file or directory (os error 2), is the ${SOCKET} unit enabled?`,
      `unable to obtain lease: socket {socket}: No such file or directory`,
    ],
    saidBy: 'Podman',
    means:
      'A macvlan network without a subnet asks the LAN for its addresses by DHCP, through a service that nobody has started: {socket} is not there.',
    about: ['netavark-dhcp-socket', 'rootless-namespace'],
    next: [
      ['systemctl', 'enable', '--now', SOCKET],
      ['systemctl', 'status', SOCKET],
    ],
    vain: 'a socket of the user for rootless Podman: there is none that works',
  },
  {
    wordings: [
      'macvlan driver needs at least one subnet specified, DHCP is not yet supported with netavark',
    ],
    saidBy: 'Podman',
    means:
      'This netavark is older than 1.6 and knows no DHCP: the network needs a subnet, or Podman an update.',
    about: ['netavark-dhcp-socket'],
    next: [['podman', 'info', '--format', '{{.Host.NetworkBackendInfo.Version}}']],
    vain: 'a DHCP client inside the container',
  },
  {
    wordings: [
      'Could not find a lease within the timeout limit',
      'Timeout on acquiring DHCPv4 lease on {parent}',
      'Timeout on acquiring DHCPv4 lease',
      'dhcp proxy error: status: {status}, message: "Timeout: Timeout"',
    ],
    saidBy: 'Podman',
    means:
      'Nobody answered the request for an address: the DHCP server is this host itself, which its children cannot reach; or what the child sends is dropped on the way (Wi-Fi, a virtual switch, a port that learns slowly).',
    about: [
      'netavark-dhcp-timeout',
      'gateway-is-host',
      'source-mac-filter',
      'parent-wireless',
      'wsl2',
    ],
    next: [DOCTOR],
    vain: 'a longer timeout',
  },
  {
    wordings: [
      'netavark: Netlink error: No such device (os error 19)',
      'Netlink error: No such device',
    ],
    saidBy: 'Podman',
    means:
      'The parent is not there in the namespace that Podman works in. Rootless Podman has one of its own, without the cards of the host.',
    about: ['rootless-namespace', 'parent-missing'],
    next: [IS_ROOTLESS, LINKS, onlyChecks('rootless-namespace', 'parent-missing')],
    vain: '`setcap`, `--privileged`, `net.ipv4.ping_group_range`',
  },
  {
    wordings: ['failed to get default route interface'],
    saidBy: 'Podman',
    means:
      'The network names no parent, so the interface of the default route was to be taken, and there is no default route.',
    about: ['parent-autoselect', 'rootless-namespace'],
    next: [DEFAULT_ROUTE, IS_ROOTLESS],
    vain: 'deleting the default route of another card',
  },
  {
    wordings: ['parent interface {parent} does not exist'],
    saidBy: 'Podman',
    means: 'There is no interface called {parent} where Podman looks for it.',
    about: ['parent-missing', 'rootless-namespace'],
    next: [LINKS, IS_ROOTLESS, onlyChecks('parent-missing')],
    vain: '`net.ifnames=0` on a host with several cards',
  },
];
