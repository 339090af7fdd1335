// Where a name of a network card comes from that this host does not have.

const ORIGINS: readonly (readonly [RegExp, string])[] = [
  [
    /^en\d$/u,
    'is how macOS calls its cards; there the engine runs in a virtual machine, whose card is another one',
  ],
  [
    /^eth\d+$/u,
    'is the name that tutorials use and that older kernels gave; current distributions name a card by its place (enp3s0, eno1)',
  ],
  [
    /^(?:en[opsx]|enP)\w+$/u,
    'is a name by the place of the card: it changes with the slot, the firmware or the machine',
  ],
  [
    /^ovs_(?:eth|bond)\d+$/u,
    'is there on a Synology NAS while Open vSwitch is switched on; without it the card is eth0, or bond0',
  ],
  [
    /^qvs\d+$/u,
    'is a virtual switch of a QNAP NAS; it goes when the switch is removed in its settings',
  ],
  [
    /^br\d+$/u,
    'is the bridge of an Unraid server (Settings, Network: enable bridging); without bridging the card itself is eth0, or bond0',
  ],
  [
    /^vmbr\d+$/u,
    'is a bridge of a Proxmox host, which its guests do not see: in a guest the card is eth0 or ens18',
  ],
  [
    /^(?:wlan\d+|wl[opsx]\w+|wifi\d+)$/u,
    'is a wireless card, and would not carry macvlan in any case',
  ],
];

/** One sentence, where the name is a known one. */
export function lookAlike(parent: string): string[] {
  const origin = ORIGINS.find(([pattern]) => pattern.test(parent));
  return origin === undefined ? [] : [`${parent} ${origin[1]}.`];
}
