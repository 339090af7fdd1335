// The names that things in a practice LAN get: believable ones, drawn by the seed.
import type { Draw } from './random.js';

/** Every namespace of every lab starts with this; what `lab down` removes without a state file is known by it. */
const NETNS_PREFIX = 'mvd-';
/** A namespace that a lab made: prefix, lab id, role. */
export const LAB_NETNS = /^mvd-([a-z\d]{6})-[a-z\d-]+$/;

const NICS = ['eth0', 'eno1', 'ens18', 'enp3s0', 'end0', 'enx00e04c68003a'] as const;
const BRIDGES = ['br0', 'br-lan', 'vmbr0'] as const;
const SHIMS = ['mvshim', 'shim0', 'lan-shim', 'macvlan-shim'] as const;
const CHILD_LINKS = ['eth0', 'eth0', 'eth0', 'net1', 'lan0'] as const;
const ROUTER_LINKS = ['eth0', 'lan', 'igb1'] as const;
const CHILDREN = [
  'web',
  'db',
  'cam',
  'dns',
  'mqtt',
  'proxy',
  'git',
  'media',
  'backup',
  'mail',
  'wiki',
  'chat',
  'metrics',
  'home',
] as const;
const DEVICES = ['printer', 'laptop', 'phone', 'tv', 'doorbell', 'heating'] as const;

export interface Names {
  readonly nics: readonly string[];
  readonly bridge: string;
  readonly shim: string;
  readonly children: readonly string[];
  readonly devices: readonly string[];
}

/** `count` different labels for children; a long list goes on with numbers. */
export function drawNames(draw: Draw, count: number): Names {
  const more = Array.from(
    { length: Math.max(0, count - CHILDREN.length) },
    (_, at) => `app${at + 1}`,
  );
  return {
    nics: draw.shuffled(NICS),
    bridge: draw.oneOf(BRIDGES),
    shim: draw.oneOf(SHIMS),
    children: [...draw.shuffled(CHILDREN), ...more].slice(0, count),
    devices: draw.shuffled(DEVICES).slice(0, draw.between(1, 2)),
  };
}

export function drawChildLink(draw: Draw): string {
  return draw.oneOf(CHILD_LINKS);
}

export function drawRouterLink(draw: Draw): string {
  return draw.oneOf(ROUTER_LINKS);
}

/** A locally administered unicast MAC; `number` keeps those of one lab apart. */
export function macOf(draw: Draw, number: number): string {
  const octets = [
    0x02,
    0x42,
    draw.between(0, 255),
    draw.between(0, 255),
    number >> 8,
    number & 0xff,
  ];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}

/** The MAC of a virtual router (RFC 9568, section 7.3). */
export function virtualMac(draw: Draw): string {
  return `00:00:5e:00:01:${draw.between(1, 255).toString(16).padStart(2, '0')}`;
}

/** A namespace's name: unique on the machine, and it says what lives there. */
export function netnsName(labId: string, role: string): string {
  return `${NETNS_PREFIX}${labId}-${role}`;
}
