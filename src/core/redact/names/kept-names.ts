// Names that tell nothing of anybody and mean something to a check: the kernel's, udev's, the engines' own.
import { NUMBERED_VLAN } from '../../derive/engine-networks/vlan-names.js';

/** Networks, contexts, programs and words that every host may have. */
const WORDS = new Set([
  'all',
  'any',
  'bridge',
  'colima',
  'container',
  'default',
  'docker',
  'docker_gwbridge',
  'docker-desktop',
  'desktop-linux',
  'desktop-windows',
  'host',
  'ingress',
  'ipvlan',
  'lima',
  'lima-colima',
  'lima-rancher-desktop',
  'localhost',
  'macvlan',
  'none',
  'null',
  'orbstack',
  'overlay',
  'podman',
  'rancher-desktop',
  'switch',
  'DefaultGatewayIPv4',
  'DefaultGatewayIPv6',
]);

/** First processes of namespaces, and shells. */
const PROGRAMS = new Set(
  `systemd init sh bash sleep dockerd containerd containerd-shim runc crun conmon tini dumb-init s6-svscan pause podman ip
  node systemd-udevd systemd-network NetworkManager dhclient dnsmasq qemu-system-x86`.split(/\s+/u),
);

/** Names that the kernel, udev (systemd.net-naming-scheme(7)) and the usual programs give to links. */
const LINK =
  /^(?:lo|(?:eth|wlan|wwan|usb|ib|bond|team|dummy|ifb|tun|tap|veth|wg|ppp|sit|gre|gretap|erspan|tunl|ip6tnl|ip_vti|ip6_vti|vti|vrf|vxlan|geneve|bareudp|nlmon|can|vcan|bat|br|docker|virbr|vnet|vmbr|lxcbr|lxdbr|incusbr|cni|cni-podman|podman|nerdctl|macvlan|macvtap|ipvlan|ipvtap|vlan|mvd-shim|macvlan-shim|tailscale|utun|bridge)\d*|flannel\.\d+|virbr\d+-nic|docker_gwbridge|ovs-system|kube-ipvs0|(?:tap|fwbr|fwpr|fwln|veth)\d+[ip]\d+|(?:en|wl|ww|sl|ib|et|mc)(?:o\d+|P?\d*[ps]\d+[\da-z]*|b\d+)(?:np\d+|nd\d+|v\d+)*)$/u;

export function isKeptName(name: string): boolean {
  return name === '' || WORDS.has(name) || PROGRAMS.has(name) || isKernelLink(name);
}

/** With the id of a VLAN behind it, or of a second address of old. */
export function isKernelLink(name: string): boolean {
  const link = name.replace(/(?:[.:]\d{1,4})+$/u, '');
  return LINK.test(link) || NUMBERED_VLAN.test(link);
}
