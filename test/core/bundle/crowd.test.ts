import { describe, expect, it } from 'vitest';
import { crowdIn } from '../../../src/core/bundle/crowd.js';
import { known } from '../../../src/model/fact.js';
import type { Link } from '../../../src/model/link.js';
import type { NetnsContent } from '../../../src/model/netns.js';
import type { RuntimeNetwork } from '../../../src/model/runtime-network.js';
import type { Facts } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const { facts } = aSnapshot().parent('eth0').child('web').network({ name: 'lan' }).build();

/** The facts with the content of one namespace altered. */
function inside(isHost: boolean, change: (content: NetnsContent) => Partial<NetnsContent>): Facts {
  const { namespaces } = facts;
  if (namespaces.state !== 'known') throw new Error('no namespaces');
  const altered = namespaces.value.map((netns) =>
    netns.isHost === isHost && netns.content.state === 'known'
      ? { ...netns, content: known({ ...netns.content.value, ...change(netns.content.value) }) }
      : netns,
  );
  return { ...facts, namespaces: known(altered) };
}

function networks(change: (network: RuntimeNetwork) => readonly RuntimeNetwork[]): Facts {
  const { runtime } = facts;
  if (runtime.state !== 'known') throw new Error('no engine');
  return {
    ...facts,
    runtime: known({ ...runtime.value, networks: runtime.value.networks.flatMap(change) }),
  };
}

const copies = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const macvlan = (ifindex: number, lower: string): Link => ({
  ifindex,
  ifname: `m${ifindex.toString()}`,
  link: lower,
  flags: ['UP'],
  mtu: 1500,
  operstate: 'UP',
  link_type: 'ether',
  promiscuity: 0,
  allmulti: 0,
  linkinfo: { info_kind: 'macvlan', info_data: { mode: 'bridge' } },
});

/** Each with as many of one thing as asked for. */
const CROWDS: readonly (readonly [what: string, most: number, of: (count: number) => Facts])[] = [
  [
    'macvlan and ipvlan links in namespaces',
    8000,
    (count) => inside(false, () => ({ links: copies(count, (at) => macvlan(at + 2, 'eth0')) })),
  ],
  [
    'parents of macvlan links on the host',
    4000,
    (count) =>
      inside(true, () => ({ links: copies(count, (at) => macvlan(at + 2, `p${at.toString()}`)) })),
  ],
  [
    'networks of a container engine',
    4000,
    (count) =>
      networks((one) => copies(count, (at) => ({ ...one, id: at.toString(16).padStart(64, '0') }))),
  ],
  [
    'subnets of one network',
    250,
    (count) =>
      networks((one) => [
        { ...one, pools: copies(count, () => ({ subnet: '192.0.2.0/24', auxAddresses: {} })) },
      ]),
  ],
  [
    'default routes in one table',
    250,
    (count) =>
      inside(false, ({ routes }) => {
        const route = routes.find(({ dst }) => dst === 'default');
        if (route === undefined) throw new Error('no default route');
        return { routes: copies(count, (metric) => ({ ...route, metric })) };
      }),
  ],
];

describe('how much a snapshot may tell of', () => {
  it.each(CROWDS)('%s: up to %i', (_what, most, of) => {
    expect(crowdIn(of(most))).toBeUndefined();
  });

  it.each(CROWDS)('%s: one more than %i is named', (what, most, of) => {
    expect(crowdIn(of(most + 1))).toBe(
      `it tells of ${(most + 1).toString()} ${what}, and no more than ${most.toString()} are read`,
    );
  });

  it('minds no default routes of as many tables', () => {
    const routed = inside(false, ({ routes }) => {
      const route = routes.find(({ dst }) => dst === 'default');
      if (route === undefined) throw new Error('no default route');
      return { routes: copies(500, (at) => ({ ...route, table: at.toString() })) };
    });
    expect(crowdIn(routed)).toBeUndefined();
  });

  it('minds no shims on one parent, and nothing that is not known', () => {
    const shims = inside(true, () => ({ links: copies(9000, (at) => macvlan(at + 2, 'eth0')) }));
    expect(crowdIn(shims)).toBeUndefined();
    const none = { state: 'absent', reason: 'none' } as const;
    expect(crowdIn({ ...facts, namespaces: none, runtime: none })).toBeUndefined();
  });
});
