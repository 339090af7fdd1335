// What addresses are to each other and to their subnets, before and after they were masked.
import {
  contains,
  covers,
  ipv4FromNumber,
  ipv4Range,
  isIpv4,
  isPublicIpv4,
  parseCidr,
} from '../../src/core/derive/addressing/subnets.js';
import { originalsOf } from '../../src/core/redact/originals.js';
import type { Prf } from '../../src/core/redact/prf.js';
import { redactSnapshot } from '../../src/core/redact/redact-snapshot.js';
import type { Snapshot } from '../../src/model/snapshot.js';

interface Relation {
  readonly relation: string;
  readonly compared: number;
  readonly broken: number;
}

const SPECIAL = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '172.17.0.0/16',
  '172.18.0.0/15',
  '172.20.0.0/14',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '224.0.0.0/4',
  'fe80::/10',
  'fc00::/7',
  'ff00::/8',
  '2001:db8::/32',
  '::1/128',
];

/** Every relation that a verdict may rest on, over all addresses and known subnets of one host. */
export function relationsIn(snapshot: Snapshot, prf: Prf): Relation[] {
  const { map } = redactSnapshot(snapshot, { mode: 'prefix', prf });
  const { ip, cidr } = map.mapper('out');
  const ips = [...originalsOf(snapshot).ips];
  const { subnets } = map.memory;
  const pairs = <A, B>(as: readonly A[], bs: readonly B[]): (readonly [A, B])[] =>
    as.flatMap((a) => bs.map((b) => [a, b] as const));
  const count = (relation: string, verdicts: readonly boolean[]): Relation => ({
    relation,
    compared: verdicts.length,
    broken: verdicts.filter((isKept) => !isKept).length,
  });
  return [
    count(
      'equality',
      pairs(ips, ips).map(([a, b]) => (a === b) === (ip(a) === ip(b))),
    ),
    count(
      'membership',
      pairs(subnets, ips).map(([net, one]) => contains(net, one) === contains(cidr(net), ip(one))),
    ),
    count(
      'nesting',
      pairs(subnets, subnets).map(([a, b]) => covers(a, b) === covers(cidr(a), cidr(b))),
    ),
    count(
      'class',
      pairs(SPECIAL, ips).map(([range, one]) => contains(range, one) === contains(range, ip(one))),
    ),
    count(
      'public',
      ips.map((one) => isPublicIpv4(one) === isPublicIpv4(ip(one))),
    ),
    count(
      'network, broadcast, first and last host',
      subnets.flatMap((net) => edgesOf(net).map((edge, at) => edgesOf(cidr(net))[at] === ip(edge))),
    ),
    count(
      'order within a subnet',
      subnets.flatMap((net) => inOrder(net, ips, ip)),
    ),
  ];
}

function edgesOf(net: string): string[] {
  const range = ipv4Range(net);
  if (range === undefined) {
    const network = parseCidr(net)?.network ?? '';
    return [network, network.replace(/::$/u, '::1')];
  }
  const { first, last } = range;
  return [first, first + 1, last - 1, last].map((value) => ipv4FromNumber(value));
}

function inOrder(net: string, ips: readonly string[], ip: (text: string) => string): boolean[] {
  const inside = ips.filter((one) => isIpv4(one) && contains(net, one));
  return inside.flatMap((a) =>
    inside.map((b) => valueOf(a) < valueOf(b) === valueOf(ip(a)) < valueOf(ip(b))),
  );
}

function valueOf(ip: string): number {
  return ip.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
