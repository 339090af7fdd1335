// Hosts moved elsewhere: the same set-up with addresses, MACs and names as they are met, in place of those for documentation.
import fc from 'fast-check';
import { parseCidr } from '../../src/core/derive/addressing/subnets.js';
import type { Mapper } from '../../src/core/redact/mapper.js';
import { SNAPSHOT } from '../../src/core/redact/shapes/snapshot-shape.js';
import { readThrough } from '../../src/core/redact/shapes/walk-shape.js';
import type { Snapshot } from '../../src/model/snapshot.js';

/** Where a set-up moves: two bytes each for the networks that tests live in. */
export interface Home {
  readonly nets: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

const BYTE = fc.integer({ min: 0, max: 255 });
const NET = fc.oneof(
  fc.tuple(BYTE, BYTE).map(([a, b]) => `10.${a.toString()}.${b.toString()}`),
  BYTE.map((b) => `192.168.${b.toString()}`),
  fc
    .tuple(fc.integer({ min: 16, max: 31 }), BYTE)
    .map(([a, b]) => `172.${a.toString()}.${b.toString()}`),
  fc
    .tuple(fc.constantFrom(23, 46, 88, 93, 151, 185), BYTE, BYTE)
    .map((bytes) => bytes.map((byte) => byte.toString()).join('.')),
  BYTE.map((b) => `100.64.${b.toString()}`),
);
const TEST_NETS = ['192.0.2', '198.51.100', '203.0.113', '10.0.0', '10.1.0'];
const PREFIX = fc.constantFrom('2a02:8106:77', 'fd12:3456:789a', '2001:db8');

const SYLLABLE = fc.constantFrom('quax', 'zorb', 'wimp', 'yelt', 'xeno', 'kwok', 'vreed', 'jusk');
/** As projects, people and engines name things; none of them is a word of ours. */
const WORD = fc.oneof(
  fc.tuple(SYLLABLE, SYLLABLE, BYTE).map(([a, b, n]) => `${a}-${b}-${n.toString()}`),
  fc.tuple(SYLLABLE, SYLLABLE).map(([a, b]) => `${a}_${b}`),
  fc.tuple(SYLLABLE, BYTE).map(([a, n]) => `${a}.${n.toString()}`),
  fc.tuple(SYLLABLE, SYLLABLE).map(([a, b]) => `${a}${b}`),
);
/** Names of links have fifteen bytes at the most, and rules ask how they begin. */
const LINK_WORD = fc.oneof(
  SYLLABLE.map((a) => `${a}0`),
  fc
    .tuple(fc.constantFrom('veth', 'br-', 'tap', 'docker'), SYLLABLE)
    .map((parts) => parts.join('')),
  fc.constantFrom('enp3s0', 'eth4', 'bond0', 'wlan0', 'enx0c9d92aabbcc', 'br-0123456789ab'),
  fc.tuple(SYLLABLE, fc.integer({ min: 1, max: 4094 })).map(([a, id]) => `${a}.${id.toString()}`),
);

const LINKS = ['eth0', 'br0', 'sh0', 'sh1', 'lan0', 'p0', 'p1'];
/** What the kernel would have called them. */
const KERNEL_LINKS = ['eth0', 'br0', 'macvlan0', 'macvlan1', 'eth1', 'eth2', 'eth3'];
const NAMES = ['a', 'b', 'c', 'd', 'e', 'lan', 'iot', 'nas', 'web', 'db', 'cam'];
const CHILDREN = ['c00', 'c01', 'c02', 'c03', 'c10', 'c11', 'c12', 'c13', 'n0', 'n1'];

export const anyHome: fc.Arbitrary<Home> = fc
  .record({
    nets: fc.uniqueArray(NET, { minLength: TEST_NETS.length, maxLength: TEST_NETS.length }),
    prefix: PREFIX,
    words: fc.uniqueArray(WORD, { minLength: 30, maxLength: 30 }),
    links: fc.uniqueArray(LINK_WORD, { minLength: LINKS.length, maxLength: LINKS.length }),
    keepsLinks: fc.boolean(),
  })
  .map(({ nets, prefix, words, links, keepsLinks }) => ({
    nets: {
      ...Object.fromEntries(TEST_NETS.map((net, at) => [net, nets[at] ?? net])),
      '2001:db8': prefix,
    },
    words: Object.fromEntries([
      ...[...NAMES, ...CHILDREN].map((name, at) => [name, words[at] ?? name] as const),
      ...LINKS.map((name, at) => [name, (keepsLinks ? KERNEL_LINKS : links)[at] ?? name] as const),
    ]),
  }));

/** Everything follows: addresses, prefixes, Docker's MACs, names in prose. */
export function moved(snapshot: Snapshot, { nets, words }: Home): Snapshot {
  const ip = (text: string): string => {
    const bytes = text.split('.');
    const net = nets[bytes.slice(0, 3).join('.')];
    if (bytes.length === 4 && net !== undefined) return `${net}.${bytes[3] ?? ''}`;
    const six = nets['2001:db8'] ?? '';
    return text.startsWith('2001:db8:') ? `${six}${text.slice('2001:db8'.length)}` : text;
  };
  const wordFor = (name: string): string => words[name] ?? name;
  const mapper: Mapper = {
    name: (_kind, name) => wordFor(name),
    link: (name) => wordFor(name),
    word: (text) => text,
    isName: (text) => Object.hasOwn(words, text),
    ip,
    // A prefix wider than a /24 has no host bits wherever it moves.
    cidr(text) {
      const [head = '', length = ''] = text.split('/');
      const there = `${ip(head)}/${length}`;
      return parseCidr(text)?.text === text ? (parseCidr(there)?.text ?? there) : there;
    },
    mac: (text) => macOf(text, ip),
    id: (digits) => digits,
    prose: (text) => text,
  };
  return readThrough(snapshot, SNAPSHOT, mapper);
}

function macOf(text: string, ip: (text: string) => string): string {
  if (!text.startsWith('02:42:')) return text;
  const bytes = text.split(':').map((byte) => Number.parseInt(byte, 16));
  const there = ip(bytes.slice(2).join('.'));
  return [
    '02',
    '42',
    ...there.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0')),
  ].join(':');
}
