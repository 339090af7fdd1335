// Which names tell nobody apart: too short, or words that our own sentences, files and fields and the kernel's are made of.

/** Letters and digits of which shorter names have too few to be found in prose without finding much else. */
const SHORTEST = 3;

const COMMON = new Set(
  `a access address addresses admin after agent all alone alpine amazon amd64 and another answer answered api app
  application apps arch archive are arm64 arp arp-flux auth aux azure backend backup base before behind bond bookworm
  box bridge bridges broadcast broadcom but cable cache card cards carrier case category central chain change check
  checks child children choice client cloud cluster code command config container containers control core ctr
  ctx daemon data database debian default dev device devices dhcp direct dns docker doctor dom down driver drop dummy
  duplicate e1000 e1000e echo end engine enp entry error eth ether events evidence exit external facts failed fedora
  file files filter finding findings fingerprint firewall firewalld first fixes flags flux for foreign forged forward
  forwarding frame frames from front frontend gate gateway google gre group guest hairpin has have health healthy
  hetzner hidden holder home home-assistant hook host hosting hosts hyper-v icmp icmpv6 ids ifupdown inet info inside
  instance intel interface interfaces internal internet iot iptables ipv4 ipv6 ipvlan isolation java job journal json
  kernel key keys known kubernetes kvm lan last layer leak left libvirt limit line link links linux list local log login
  loki look lower mac machine macs macvlan macvtap mail main manager manifest map mapping mask masked master media
  message messages methods metrics missing mode model modes module monitor monitoring more multicast name names
  namespace namespaces nat neighbour neighbours net netfilter netlink netns netplan network networkd networkmanager
  networks never new next nft nftables nic nobody node none not notes nothing observation observations off office old
  open openwrt opt other out output outside ovh ovirt packet packets parent parents pass path peer permanent ping plan
  platform pod podman pool port ports prefix preflight private privileged probe probes process prod prog promiscuity
  promiscuous proof provider proxmox proxy public qemu qnap queue range raw reachability reachable read readme realtek
  reason reasons reflection relay remark remarks remedy reply report reports request reserved resolver resolvers result
  results root route router routes rule rules run running runs runtime sandbox save scenario schema scope search second
  section secure sender sending sent server service services severity shared shim shop sibling silence silent site
  snapshot socket source sources special ssh stack stage staging start state static status stolen stop storage store
  stream subject subjects subnet subnets suggestion summary suppressed swarm switch synology system systemd table tables
  tap taps target targets task tcp team test tests the this time title tool tools topology traffic transmit truenas
  trunk tun ubuntu udp undetermined unicast unit unraid upper upstream user users vendor vepa verdict version veth
  virtio virtual virtualbox vlan vmware voice vpn wan warn warning was watch web whole wifi will window windows wire
  wireguard wireless with without witness word words work worker xen zone`.split(/\s+/u),
);

/** A name that is replaced wherever it stands as a word; others only where the text says that a name follows. */
export function isTelling(name: string): boolean {
  const word = name.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return word.length >= SHORTEST && !COMMON.has(name.toLowerCase()) && !/^\d{1,5}$/u.test(name);
}
