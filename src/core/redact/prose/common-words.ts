// Which names tell nobody apart: too short, or words that our own sentences, commands, files and fields and the kernel's are made of.

/** Letters and digits of which shorter names have too few to be found in prose without finding much else. */
const SHORTEST = 3;

const COMMON = new Set(
  `a accept access add addr address addresses admin after agent all alone alpine amazon amd64 and another answer answered
  api app application apply apps arch archive are arm64 arp arp-flux arping auth aux azure backend backup base before
  behind bond bookworm box bridge bridges broadcast broadcom but cable cache card cards carrier case category central
  chain change check checks child children choice client cloud cluster code command conf config connect connection
  container containers control core create ctr ctx daemon daemon-reload data database debian default del dev device
  devices dhcp direct disconnect dns docker doctor dom down driver drop dummy duplicate e1000 e1000e echo enable end
  engine enp entry error eth ether ethtool events evidence exec exit external facts failed fedora file files filter
  finding findings fingerprint firewall firewalld first fixes flags flush flux for foreign forged forward forwarding
  frame frames from front frontend gate gateway global google gre group guest hairpin has have health healthy hetzner
  hidden holder home home-assistant hook host hosting hosts hyper-v icmp icmpv6 ids ifdown ifquery ifup ifupdown inet
  info insert inside inspect instance intel interface interfaces internal internet iot iptables ipv4 ipv6 ipvlan
  isolation java job journal json jump kernel key keys known kubernetes kvm label lan last layer leak left libvirt limit
  line link links linux list lladdr local log login loki look lookup lower mac machine macs macvlan macvtap mail main
  manager manifest manual map mapping mask masked master media message messages methods metrics missing mkdir mode model
  modes module monitor monitoring more mtu multicast name names namespace namespaces nat neigh neighbour neighbours net
  netcat netfilter netlink netns netplan network networkd networkmanager networks never new next nft nftables nic nmcli
  nobody node none noprefixroute not notes nothing nsenter nud observation observations off office old onlink open
  openwrt opt other out output outside ovh ovirt packet packets parent parents pass path peer permanent ping plan
  platform pod podman policy pool port ports prefix preflight printf priority private privileged probe probes process
  prod prog promisc promiscuity promiscuous proof provider proxmox proxy public publish qemu qnap queue range raw
  reachability reachable read readme realtek reapply reason reasons reflection reject relay reload remark remarks remedy
  replace reply report reports request reserved resolver resolvers restart result results root route router routes rule
  rules ruleset run running runs runtime sandbox save scenario schema scope search second section secure sender sending
  sent server service services set setting settings severity shared shim shop show sibling silence silent site snapshot
  socket source sources special spoofchk ssh stack stage staging start state static status stolen stop storage store stream
  subject subjects subnet subnets suggestion summary suppressed swarm switch synology sysctl system systemctl systemd
  table tables tap taps target targets task tcp tcpdump team tee test tests the this time timeout title tool tools
  topology traffic transmit truenas trunk trust tun type ubuntu udp undetermined unicast unit unraid until update-initramfs
  upper upstream user users vendor vepa verdict version veth via virtio virtual virtualbox vlan vmware voice vpn wan
  warn warning was watch web whole wifi will window windows wire wireguard wireless with without witness word words work
  worker xen zone`.split(/\s+/u),
);

/**
 * A name that is replaced wherever it stands as a word, and searched for; others are replaced only where the text says that a name
 * follows, and searched for nowhere.
 */
export function isTelling(name: string): boolean {
  const word = name.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return word.length >= SHORTEST && hasLetter(name) && !COMMON.has(name.toLowerCase());
}

/** Numbers alone are anything: a size, a time, a process. */
export function hasLetter(name: string): boolean {
  return /\p{L}/u.test(name);
}
