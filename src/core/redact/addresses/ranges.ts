// Ranges with a meaning of their own (IANA's registries of special-purpose addresses): their addresses stay in them.
import type { Branch } from './prefix-tree.js';
import { treeOf } from './prefix-tree.js';
import type { RangeMark } from './address-guide.js';
import { prefixBits } from './ip-bits.js';

/** Nobody's address in particular: unspecified, loopback, multicast, reserved, broadcast. */
const SAME = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '::/127', 'ff00::/8'];

/** Private, shared, link-local, benchmarks, documentation, and what else is not unicast of the Internet. */
const CLASSES = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '::/96',
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2000::/3',
  '2001::/32',
  '2001:2::/48',
  '2001:3::/32',
  '2001:4:112::/48',
  '2001:10::/28',
  '2001:20::/28',
  '2001:30::/28',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
  '5f00::/16',
  'fc00::/8',
  'fd00::/8',
  'fe80::/10',
  'fe80::/64',
  'fec0::/10',
];

/**
 * Docker's default pools (libnetwork's `ipamutils`), all within 172.16.0.0/12 and 192.168.0.0/16: an address of one of them
 * stays in that one, and no other gets in.
 */
const POOLS = [
  '172.16.0.0/16',
  '172.17.0.0/16',
  '172.18.0.0/16',
  '172.19.0.0/16',
  '172.20.0.0/14',
  '172.24.0.0/14',
  '172.28.0.0/14',
];

export type IpFamily = 'inet' | 'inet6';

function rangesOf(family: IpFamily): Branch<RangeMark> {
  const isOurs = (cidr: string): boolean => cidr.includes(':') === (family === 'inet6');
  const marked = (cidrs: readonly string[], mark: RangeMark) =>
    cidrs.filter((cidr) => isOurs(cidr)).map((cidr) => [prefixBits(cidr), mark] as const);
  return treeOf([...marked([...CLASSES, ...POOLS], 'class'), ...marked(SAME, 'same')]);
}

export const RANGES: Readonly<Record<IpFamily, Branch<RangeMark>>> = {
  inet: rangesOf('inet'),
  inet6: rangesOf('inet6'),
};
