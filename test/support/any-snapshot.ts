// Hosts of every kind for property tests: sound ones, and ones that no administrator would admit to.
import fc from 'fast-check';
import { planProbes } from '../../src/core/derive/probing/probe-plan.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { unknown } from '../../src/model/fact.js';
import { MACVLAN_MODES } from '../../src/model/link.js';
import type { Observation, ProbeStep } from '../../src/model/observation.js';
import type { FactKey, Snapshot } from '../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from './a-snapshot.js';

const MODE = fc.oneof(fc.constant('bridge'), fc.constantFrom(...MACVLAN_MODES));
const FLAG = fc.boolean();
const MOSTLY = fc.integer({ min: 0, max: 9 }).map((one) => one > 0);
const PARENTS = ['eth0', 'br0'] as const;
const SHIMS = ['sh0', 'sh1'] as const;
const CHILDREN = ['a', 'b', 'c', 'd', 'e'] as const;
/** Few enough that two want the same one now and then. */
const IPS = ['192.0.2.50', '192.0.2.51', '192.0.2.10', '198.51.100.7', '192.0.2.1', '203.0.113.9'];
const CIDRS = [
  ...IPS.map((ip) => `${ip}/24`),
  '192.0.2.52/32',
  '192.0.2.53/16',
  '2001:db8::5/64',
  '169.254.3.4/16',
];
const ADDRESS = fc.oneof(
  fc.subarray(CIDRS, { maxLength: 3 }),
  fc.constantFrom(...CIDRS).map((one) => [one]),
);
const GATEWAY = fc.constantFrom(...IPS, null);
const NEIGHBOURS = fc.array(
  fc.record({
    dst: fc.constantFrom(...IPS, 'fe80::1'),
    lladdr: fc.constantFrom('52:54:00:aa:00:01', '02:42:c0:00:02:10'),
    state: fc.constantFrom(['PERMANENT'], ['REACHABLE'], ['STALE'], ['FAILED'] as const),
  }),
  { maxLength: 2 },
);

const PARENT = fc.record({
  address: ADDRESS,
  gateway: GATEWAY,
  up: MOSTLY,
  carrier: MOSTLY,
  kind: fc.constantFrom('bridge', 'veth', 'vlan', 'bond'),
  linkType: MOSTLY.map((isEther) => (isEther ? 'ether' : 'none')),
  isWireless: MOSTLY.map((isWired) => !isWired),
  neighbours: NEIGHBOURS,
});
const CHILD = fc.record({
  address: ADDRESS,
  gateway: GATEWAY,
  up: MOSTLY,
  mode: MODE,
  kind: fc.constantFrom('macvlan', 'macvlan', 'macvtap'),
  parent: fc.constantFrom(...PARENTS),
  neighbours: NEIGHBOURS,
  container: FLAG,
  /** With an address that nobody else has. */
  isPlain: FLAG,
});
const SHIM = fc.record({
  address: ADDRESS,
  up: MOSTLY,
  mode: MODE,
  parent: fc.constantFrom(...PARENTS),
});
const CONF = fc.record(
  {
    rp_filter: fc.constantFrom(0, 1, 2),
    arp_ignore: fc.constantFrom(0, 1, 2, 3, 8),
    arp_announce: fc.constantFrom(0, 1, 2),
    arp_filter: fc.constantFrom(0, 1),
    proxy_arp: fc.constantFrom(0, 1),
    forwarding: fc.constantFrom(0, 1),
  },
  { requiredKeys: [] },
);
const SETTINGS = fc.option(
  fc.record(
    { all: CONF, links: fc.record({ eth0: CONF, sh0: CONF }), ignoresEcho: FLAG },
    { requiredKeys: [] },
  ),
);
const ROUTE = fc.record(
  {
    dst: fc.constantFrom(...IPS, '192.0.2.0/24', 'default'),
    dev: fc.constantFrom(...PARENTS, ...SHIMS),
    gateway: fc.constantFrom(...IPS),
    table: fc.constantFrom('main', '52'),
    type: fc.constantFrom('unicast', 'unicast', 'unreachable', 'throw'),
  },
  { requiredKeys: ['dst', 'dev'] },
);
const RULE = fc.record(
  {
    family: fc.constant('inet' as const),
    priority: fc.integer({ min: 1, max: 40_000 }),
    src: fc.constantFrom('all', ...IPS),
    dst: fc.constantFrom(...IPS, '192.0.2.0/24'),
    table: fc.constantFrom('main', '52', 'nowhere'),
    action: fc.constantFrom('unreachable', 'nop'),
  },
  { requiredKeys: ['family', 'priority', 'src'] },
);
const NETWORK = fc.record(
  {
    name: fc.constantFrom('lan', 'iot'),
    mode: MODE,
    parent: fc.constantFrom(...PARENTS, 'eth7', null),
    gateway: fc.constantFrom(...IPS),
    driver: fc.constantFrom('macvlan', 'ipvlan', 'bridge'),
    isInternal: FLAG,
  },
  { requiredKeys: ['name'] },
);
const UNKNOWN_FACTS: readonly FactKey[] = [
  'platform',
  'fdb',
  'routeLookups',
  'runtime',
  'neighboursAfter',
  'persistentConfig',
  'machine',
  'nics',
];

const HOST = fc.record({
  parents: fc.tuple(PARENT, PARENT),
  children: fc.array(CHILD, { maxLength: CHILDREN.length }),
  shims: fc.array(SHIM, { maxLength: SHIMS.length }),
  networks: fc.uniqueArray(NETWORK, { maxLength: 2, selector: ({ name }) => name }),
  routes: fc.array(ROUTE, { maxLength: 4 }),
  rules: fc.array(RULE, { maxLength: 2 }),
  settings: fc.array(SETTINGS, { minLength: 6, maxLength: 6 }),
  missing: fc.subarray([...UNKNOWN_FACTS], { maxLength: 2 }),
  /** The last child lives in the first one's namespace. */
  sharesNetns: FLAG,
  isPassive: FLAG,
});

function built(host: typeof HOST extends fc.Arbitrary<infer T> ? T : never): SnapshotBuilder {
  const given = aSnapshot();
  for (const [index, options] of host.parents.entries())
    given.parent(PARENTS[index] ?? '', options);
  for (const [index, options] of host.children.entries()) {
    const isGuest = host.sharesNetns && index > 0 && index === host.children.length - 1;
    const own = `192.0.2.${(60 + index).toString()}`;
    given.child(CHILDREN[index] ?? '', {
      ...options,
      ...(options.isPlain && { address: `${own}/24`, gateway: '192.0.2.254' }),
      ...(isGuest && { sameNetnsAs: CHILDREN[0], ifname: 'net1', container: false }),
    });
  }
  for (const [index, options] of host.shims.entries()) given.shim(SHIMS[index] ?? '', options);
  for (const network of host.networks) given.network(network);
  for (const route of host.routes) given.hostRoute(route);
  for (const rule of host.rules) given.hostRule(rule);
  for (const [index, settings] of host.settings.entries())
    given.settings(['host', ...CHILDREN][index] ?? '', settings);
  for (const fact of host.missing) given.fact(fact, unknown('failed', 'it could not be read'));
  return given;
}

const REPLY = fc.record(
  {
    rttMs: fc.double({ min: 0.01, max: 900, noNaN: true }),
    mac: fc.constantFrom('52:54:00:aa:00:01', '02:42:c0:00:02:10', '00:00:5e:00:01:07'),
  },
  { requiredKeys: ['rttMs'] },
);
const OUTCOME = fc.oneof(
  fc.record({ sent: fc.integer({ min: 1, max: 4 }), replies: fc.array(REPLY, { maxLength: 2 }) }),
  fc.constant({ sent: 0, replies: [], error: 'Operation not permitted' }),
);

/** Any host at all, with answers, silence and errors dealt out to its probes. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .tuple(HOST, fc.array(OUTCOME, { minLength: 1, maxLength: 12 }))
  .map(([host, outcomes]) => {
    const bare = built(host).build();
    if (host.isPassive) return bare;
    const given = built(host);
    for (const [index, step] of stepsOf(bare).entries())
      given.observed({ ...step, ...(outcomes[index % outcomes.length] ?? OTHERWISE) });
    return given.build();
  });

const OTHERWISE: Pick<Observation, 'sent' | 'replies'> = { sent: 4, replies: [] };

export function stepsOf({ facts, scope }: Snapshot): readonly ProbeStep[] {
  return planProbes(buildTopology({ facts, scope }), facts);
}

const SOUND = fc.record({
  /** Children of each parent. */
  counts: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 2 }),
  mode: fc.constantFrom('bridge', 'vepa', 'private', 'passthru'),
  kind: fc.constantFrom('bridge', 'veth', 'bond'),
  hasAddress: FLAG,
  hasShim: FLAG,
  hasNetwork: FLAG,
  reflects: FLAG,
  rpFilter: fc.constantFrom(0, 1, 2),
  arpIgnore: fc.constantFrom(0, 1, 2),
  arpAnnounce: fc.constantFrom(0, 1, 2),
});

/** Hosts that were set up right, on a LAN where everything that may answer does. */
export const soundSnapshot: fc.Arbitrary<Snapshot> = SOUND.map((sound) => {
  const { counts, kind, rpFilter, arpIgnore, arpAnnounce } = sound;
  // A vepa child wants a switch that reflects, a private one no sibling, a passthru one the whole link.
  const isAlone = sound.mode === 'private' || sound.mode === 'passthru';
  const reflects = sound.reflects || sound.mode === 'vepa';
  const all = { rp_filter: rpFilter, arp_ignore: arpIgnore, arp_announce: arpAnnounce };
  const given = aSnapshot().settings('host', { all });
  if (counts.length > 1 || !sound.hasAddress)
    given.hostLink('mgmt0', { address: '203.0.113.2/24', gateway: '203.0.113.1' });
  for (const [at, count] of counts.entries()) {
    const net = `10.${at.toString()}.0`;
    const hasAddress = sound.hasAddress && sound.mode !== 'passthru';
    given.parent(`p${at.toString()}`, { kind, address: hasAddress ? `${net}.10/24` : [] });
    if (sound.hasNetwork)
      given.network({ name: `n${at.toString()}`, subnet: `${net}.0/24`, gateway: `${net}.1` });
    const names = Array.from({ length: isAlone ? Math.min(count, 1) : count }, (_, index) => index);
    const hasShim = sound.hasShim && sound.mode === 'bridge' && hasAddress;
    if (hasShim) given.shim(`sh${at.toString()}`, { address: `${net}.250/32` });
    for (const index of names) {
      const name = `c${at.toString()}${index.toString()}`;
      const ip = `${net}.${(50 + index).toString()}`;
      const network = sound.hasNetwork ? { network: `n${at.toString()}` } : {};
      given
        .child(name, { mode: sound.mode, address: `${ip}/24`, gateway: `${net}.1`, ...network })
        .settings(name, { all });
      if (hasShim) given.hostRoute({ dst: ip, dev: `sh${at.toString()}` });
    }
  }
  return given.allHealthy({ reflects }).wholeRun().build();
});
