// The names that iproute2 gives to numbers of a link: flags (if.h), operational states (RFC 2863), types (if_arp.h).

const IFF_UP = 0x1;
const IFF_RUNNING = 0x40;

// In the order in which iproute2 prints them.
const FLAGS: readonly (readonly [number, string])[] = [
  [0x8, 'LOOPBACK'],
  [0x2, 'BROADCAST'],
  [0x10, 'POINTOPOINT'],
  [0x1000, 'MULTICAST'],
  [0x80, 'NOARP'],
  [0x200, 'ALLMULTI'],
  [0x100, 'PROMISC'],
  [0x400, 'MASTER'],
  [0x800, 'SLAVE'],
  [0x4, 'DEBUG'],
  [0x8000, 'DYNAMIC'],
  [0x4000, 'AUTOMEDIA'],
  [0x2000, 'PORTSEL'],
  [0x20, 'NOTRAILERS'],
  [IFF_UP, 'UP'],
  [0x10000, 'LOWER_UP'],
  [0x20000, 'DORMANT'],
  [0x40000, 'ECHO'],
];

/** Flags of a link; `lower` are those of its lower device where that is in the same namespace. */
export function linkFlags(flags: number, lower: number | undefined): string[] {
  const names = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  const hasNoCarrier = (flags & IFF_UP) !== 0 && (flags & IFF_RUNNING) === 0;
  const isLowerDown = lower !== undefined && (lower & IFF_UP) === 0;
  return [...(hasNoCarrier ? ['NO-CARRIER'] : []), ...names, ...(isLowerDown ? ['M-DOWN'] : [])];
}

const OPERSTATES = [
  'UNKNOWN',
  'NOTPRESENT',
  'DOWN',
  'LOWERLAYERDOWN',
  'TESTING',
  'DORMANT',
  'UP',
] as const;

export function operstate(value: number | undefined): string {
  return OPERSTATES[value ?? 0] ?? 'UNKNOWN';
}

const TYPES: Readonly<Record<number, string>> = {
  0: 'netrom',
  1: 'ether',
  2: 'eether',
  3: 'ax25',
  6: 'ieee802',
  7: 'arcnet',
  8: 'atalk',
  15: 'dlci',
  19: 'atm',
  24: 'ieee1394',
  32: 'infiniband',
  256: 'slip',
  257: 'cslip',
  258: 'slip6',
  259: 'cslip6',
  271: 'x25',
  280: 'can',
  512: 'ppp',
  513: 'hdlc',
  768: 'ipip',
  769: 'tunnel6',
  772: 'loopback',
  774: 'fddi',
  776: 'sit',
  778: 'gre',
  779: 'pimreg',
  801: 'ieee802.11',
  802: 'ieee802.11/prism',
  803: 'ieee802.11/radiotap',
  804: 'ieee802.15.4',
  805: 'ieee802.15.4/monitor',
  820: 'phonet',
  821: 'phonet_pipe',
  822: 'caif',
  823: 'gre6',
  824: 'netlink',
  825: '6lowpan',
  0xff_fe: 'none',
  0xff_ff: 'void',
};

/** `ether`, `loopback`, …; a number that iproute2 has no name for stands in brackets, as it prints it. */
export function linkType(type: number): string {
  return TYPES[type] ?? `[${type.toString()}]`;
}
