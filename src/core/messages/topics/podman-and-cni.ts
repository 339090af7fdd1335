// What no check looks at, of Podman and CNI: daemons that hand out addresses, and parents that nobody named.
import type { Topic } from '../../../model/manual.js';
import { DEFAULT_ROUTE, DOCTOR, LINKS } from '../commands.js';

const PROXY = ['systemctl', 'enable', '--now', 'netavark-dhcp-proxy.socket'];

export const podmanAndCniTopics: readonly Topic[] = [
  {
    id: 'cni-dhcp-daemon',
    title: 'The dhcp plugin of CNI needs a daemon on each node',
    explain: `With \`"ipam": {"type": "dhcp"}\` the plugin only passes the question on, by /run/cni/dhcp.sock, to a daemon that keeps the lease alive. Nobody starts that daemon by itself. Without it there is no socket; without the namespaces of the host, or without /run/netns handed through, it cannot enter the pod.

The plugins bring the units cni-dhcp.socket and cni-dhcp.service; a DaemonSet with hostNetwork, hostPID and /run/netns does as well. Where it runs and no packet is received, what the pod sends is dropped on the way, or the answer is: \`dhcp daemon -broadcast=true\` asks for answers that every filter lets in. Where nothing needs DHCP, Whereabouts gives addresses out for the whole cluster.`,
    next: [['ls', '-l', '/run/cni/dhcp.sock'], ['systemctl', 'status', 'cni-dhcp.socket'], DOCTOR],
    vain: 'minding `Link "net1" down … network is down`, which is printed when all is well, too',
    references: ['CNI plugins, dhcp', 'Whereabouts'],
  },
  {
    id: 'cni-dhcp-link-down',
    title: 'No error: the dhcp daemon sets the link up itself',
    explain: `The dhcp daemon of CNI finds the link of a new pod down, because the plugin hands it over like that; it says so, sets the link up and asks for an address. The lines \`Link "net1" down. Attempting to set up\` and \`network is down\` stand in the log of every pod, of those that work as well.

If a pod has no address, the reason is another line: see cni-dhcp-daemon.`,
    next: [['ls', '-l', '/run/cni/dhcp.sock']],
    vain: 'setting the link up by hand',
    references: ['containernetworking issue 398'],
  },
  {
    id: 'cni-range-exhausted',
    title: 'The range of a CNI network is given away to the last address',
    explain: `Plugins keep books on what they gave away: host-local in one file an address under /var/lib/cni/networks, Whereabouts in its IPPools. A node that crashed, or pods that were removed by force, leave entries behind that nobody has. A range of a few addresses ends early, and during an update the new pod asks before the old one gives its own back.

Enlarge the range, or remove the entries of pods that are gone: for host-local the file with that address as its name, for Whereabouts the entry in the IPPool, which its reconciler does as well.`,
    next: [
      ['ls', '-R', '/var/lib/cni/networks'],
      ['kubectl', 'get', 'ippools.whereabouts.cni.cncf.io', '--all-namespaces'],
    ],
    vain: 'emptying /var/lib/cni on a node where pods run: the next pod gets an address that is in use',
    references: ['CNI plugins, host-local', 'Whereabouts, reconciler'],
  },
  {
    id: 'netavark-dhcp-socket',
    title: 'The DHCP proxy of netavark does not run',
    explain: `A macvlan network of Podman that was made without a subnet gets its addresses by DHCP, and for that a proxy has to run as root on the host: netavark-dhcp-proxy, started by a socket of systemd. Some distributions ship the proxy without its units (Alpine, NixOS), and netavark before 1.6 has no proxy at all.

Start the socket with \`systemctl enable --now netavark-dhcp-proxy.socket\`, or make the network with \`--subnet\`, \`--ip-range\` and \`--gateway\`, and it needs no DHCP. Rootless Podman cannot use the proxy: its namespace has none of the cards of the host.`,
    next: [PROXY, ['podman', 'network', 'ls', '--filter', 'driver=macvlan']],
    vain: 'a socket of the user for rootless Podman: there is none that works',
    references: ['podman-network-create(1)', 'netavark issues 823 and 1089'],
  },
  {
    id: 'netavark-dhcp-timeout',
    title: 'Nobody answers the DHCP proxy of netavark',
    explain: `The proxy runs, and gets no lease. Either the DHCP server never heard the question, or its answer was not delivered. The server is this host itself, and a parent does not hand frames to its children: no child reaches it. The parent is Wi-Fi, or this is a virtual machine: foreign MACs are dropped. A switch port that waits before it forwards (spanning tree) outlasts the timeout. A firewall of the host drops UDP port 68.

Let \`macvlan-doctor run\` tell which: it finds filters for foreign MACs, Wi-Fi and a gateway that is the host, and it does not need DHCP for that.`,
    next: [DOCTOR, ['journalctl', '--unit', 'netavark-dhcp-proxy.service', '--lines', '50']],
    vain: 'a longer timeout',
    references: ['netavark issues 690, 1008 and 1368'],
  },
  {
    id: 'parent-autoselect',
    title: 'Nobody named the parent, and another one was taken',
    explain: `Where no parent is named (\`master\` in CNI, \`-o parent=\` in Podman), the interface of the first default route is taken, each time a container starts. With two uplinks or a VPN that is another one on the next day, and on another node; without a default route there is none at all, as in a rootless engine.

Name the parent. Then nothing depends on routes, and a missing parent is told by its name.`,
    next: [DEFAULT_ROUTE, LINKS],
    vain: 'deleting the second default route',
    references: ['CNI plugins, macvlan', 'podman-network-create(1)'],
  },
];
