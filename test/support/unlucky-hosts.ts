// Hosts whose people, containers, networks and links are called as unluckily as names can be.
import fc from 'fast-check';
import type { Snapshot } from '../../src/model/snapshot.js';
import { known, unknown } from '../../src/model/fact.js';
import { aSnapshot } from './a-snapshot.js';
import { HOST_INODE } from './world.js';

/** Words of ours, of tools, of file formats, and what only looks like something. */
const WORD = fc.constantFrom(
  ...`desktop-vm duplicate-ip guard sleep address results ifname qdisc noqueue operstate gso_max_size promiscuity UP BROADCAST
  lower_up inet6 txqlen fq_codel main kernel Permission DENIED failed Debian bookworm aux prog example a-host manifest.json
  media leases docker_engine DOCKER-USER Hetzner link/ether 169 8388608 123456 4026531840 2026-01-31 12:00:00 1.2.3 ---
  cafe beef face 02 42 c0a8 dead null true undefined __proto__ constructor toString rp_filter=2 mtu=1500 eth0 br-10000
  br-40265 br-abcde veth12345 tap99999 vx-000100-abcde`.split(/\s+/u),
);
const ODD = fc.constantFrom(
  'my"link',
  String.raw`back\slash`,
  'two words',
  "it's",
  'é',
  'ÉTÉ-box',
  'naïve-Straße',
  '客厅',
  '😀cam',
  '<b>',
  '`x`',
  '$(x)',
  'a%20b',
  '100%',
  'x',
  'xy',
  '-rf',
  '--net',
  '.hidden',
  'a.b.c',
  'under_score',
);

export const UNLUCKY: fc.Arbitrary<string> = fc.oneof(
  WORD,
  ODD,
  fc.integer({ min: 0, max: 99_999_999 }).map(String),
  fc.stringMatching(/^[\da-f]{1,12}$/u),
  fc.tuple(WORD, WORD).map(([a, b]) => `${a}-${b}`),
  fc.tuple(WORD, fc.integer({ min: 0, max: 30 })).map(([a, n]) => `${a}_${n.toString()}`),
  WORD.map((word) => word.toUpperCase()),
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
);

/** With a part that is nobody's but theirs, whatever stands around it. */
export const TELLING: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(WORD, ODD, fc.constant('')), fc.constantFrom('quax', 'Quax', 'QUAX'), UNLUCKY)
  .map(([before, middle, behind]) => `${before}${middle}${behind}`);

/** What no kernel takes for the name of a link, and no file system for that of a file, is left out. */
const asName = (name: string): string =>
  name.replaceAll(/[/\s\p{Cc}\p{Cs}]/gu, '_').replace(/^\.{1,2}$/u, '_');

export interface Unlucky {
  readonly host: string;
  readonly domain: string;
  readonly link: string;
  readonly shim: string;
  readonly network: string;
  readonly container: string;
  readonly other: string;
}

export const PLAIN_NAMES: Unlucky = {
  host: 'quaxhost',
  domain: 'zorb.example',
  link: 'quaxlan0',
  shim: 'quaxshim',
  network: 'quax-net',
  container: 'quax-shop',
  other: 'quax-ann',
};

const ROLES = ['host', 'domain', 'link', 'shim', 'network', 'container', 'other'] as const;

/** Every role has another name. */
export const unluckyNames = (name: fc.Arbitrary<string>): fc.Arbitrary<Unlucky> =>
  fc
    .uniqueArray(
      name.map((one) => asName(one)),
      {
        minLength: ROLES.length,
        maxLength: ROLES.length,
      },
    )
    .map((all) => Object.fromEntries(ROLES.map((role, at) => [role, all[at]])) as never as Unlucky);

export function unluckyHost(names: Unlucky): Snapshot {
  const { host, domain, link, shim, network, container, other } = names;
  return aSnapshot()
    .platform({ hostname: `${host}.${domain}` })
    .engine({ name: host, context: network, endpoint: `unix:///home/${other}/docker.sock` })
    .parent(link, { address: ['10.7.3.10/24', 'fd00:7:3::cafe/64'], altnames: ['enxb827eb123456'] })
    .hostLink('br-3f3f3f3f3f3f', { kind: 'bridge' })
    .network({
      name: network,
      subnet: '10.7.3.0/24',
      gateway: '10.7.3.1',
      aux: { [other]: '10.7.3.9' },
    })
    .shim(shim, { address: '10.7.3.250/32' })
    .child(container, {
      address: ['10.7.3.200/24', 'fd00:7:3::beef/64'],
      gateway: '10.7.3.1',
      mac: '02:42:0a:07:03:c8',
      network,
      processes: [{ pid: 123_456, comm: shim }],
    })
    .child(other, { address: '10.7.3.200/24', mode: 'private', container: true })
    .fact(
      'filters',
      known({
        [HOST_INODE]: {
          dropping: [
            {
              family: 'inet',
              table: 'filter',
              chain: 'forward',
              hook: 'forward',
              verdict: 'drop',
              matches: `iifname "${link}" ip saddr 10.7.3.200 log prefix "${host}: "`,
              packets: 8_388_608,
            },
          ],
        },
      }),
    )
    .fact(
      'wireless',
      unknown('failed', `permission denied: ${container} of ${shouted(other)} at 10.7.3.200`),
    )
    .allHealthy()
    .build();
}

/** As a program may print it that knows ASCII alone. */
function shouted(name: string): string {
  return name.replaceAll(/[a-z]+/gu, (letters) => letters.toUpperCase());
}
