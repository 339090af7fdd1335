// Which names tell nobody apart: too short, or words that our own sentences and the kernel's are made of.

/** Letters and digits of which shorter names have too few to be found in prose without finding much else. */
const SHORTEST = 3;

const COMMON = new Set(
  `a access address addresses admin after agent all alone and answer aux answered app application apps are arp as at auth
  backend backup base before behind bond box bridge bridges but by cable cache card cards carrier central chain change ctr ctx
  check child children client cloud cluster command config container containers control core daemon data database db
  default dev device devices dhcp direct dns docker dom down driver drop dummy echo end engine enp entry error eth ether
  external facts failed file files filter firewall first for forward frame frames from frontend front gate gateway group
  guest has have home host hosts icmp if in inet info inside interface interfaces internal internet iot ip ipvlan is it
  job kernel known lan last layer left line link links linux list local log login lower mac machine macs macvlan macvtap
  mail main manager master media metrics mode monitor monitoring name names nat neighbour neighbours net netlink netns
  network networks new next nic no node nobody none not off office old on open opt or other out output outside packet packets
  parent parents path peer ping pod podman pool port ports private probe process prog promiscuous prod proxy public queue range
  read relay reply request root route router routes rule rules run running search second secure sender server service
  services shim shop silent site socket source ssh stack stage staging start state static stop storage store stream subnet
  subnets switch system systemd table tables tap target tcp team test tests the this time to tool traffic tun udp unit up
  upper upstream user users vepa veth virtual vlan vm voice vpn wan was watch web wifi will wire wireless with without work
  worker zone`.split(/\s+/u),
);

/** A name that is replaced wherever it stands as a word; others only where the text says that a name follows. */
export function isTelling(name: string): boolean {
  const word = name.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return word.length >= SHORTEST && !COMMON.has(name.toLowerCase()) && !/^\d{1,5}$/u.test(name);
}
