import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from '../../../../src/core/derive/addressing/subnets.js';
import { handedOutTwice } from '../../../../src/core/derive/engine-networks/handed-out-twice.js';
import { handedOut } from '../../../../src/core/derive/engine-networks/handouts.js';
import type { PlacedNetwork } from '../../../../src/core/derive/engine-networks/networks.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { IpamPool } from '../../../../src/model/runtime-network.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

const { parents } = buildTopology(
  aSnapshot().parent('eth0').child('a').parent('eth1').child('b').build(),
);

/** Few enough prefixes for many to lie in one another. */
const prefix = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 24, max: 30 }))
    .map(([at, length]) => `10.0.0.${(at << 5) & (0xff << (32 - length)) & 0xff}/${length}`),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(62, 63, 64))
    .map(([at, length]) => `fd00:0:0:${(at & (0xff << (64 - length))).toString(16)}::/${length}`),
  fc.constant('none'),
);

const placed = fc
  .array(
    fc.record({
      pools: fc.array(
        fc.record({ subnet: prefix, ipRange: fc.option(prefix, { nil: undefined }) }),
        { maxLength: 2 },
      ),
      on: fc.constantFrom(0, 1, 2),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ pools, on }, at): PlacedNetwork => {
      const parent = parents[on];
      return {
        network: {
          id: at.toString().padStart(64, '0'),
          name: `n${at}`,
          driver: 'macvlan',
          scope: 'local',
          isInternal: false,
          isConfigOnly: false,
          pools: pools.map(({ subnet, ipRange }): IpamPool => ({
            subnet,
            auxAddresses: {},
            ...(ipRange !== undefined && { ipRange }),
          })),
        },
        ...(parent !== undefined && { parent }),
      };
    }),
  );

/** As anybody would look for it: everybody against everybody before. */
function bySearch(all: readonly PlacedNetwork[], flavour: 'docker' | 'podman'): string[] {
  return all.flatMap(({ network, parent }, at) =>
    network.pools.flatMap((pool) => {
      const before = all
        .slice(0, at)
        .filter((one) => parent !== undefined && one.parent === parent)
        .find(({ network: other }) =>
          other.pools.some(
            (one) =>
              (flavour === 'podman' || one.subnet !== pool.subnet) &&
              overlaps(handedOut(pool), handedOut(one)),
          ),
        );
      return before === undefined ? [] : [`${network.name} ${pool.subnet} ${before.network.name}`];
    }),
  );
}

describe('two networks that hand out the same addresses', () => {
  it.each(['docker', 'podman'] as const)('are those that a search finds (%s)', (flavour) => {
    fc.assert(
      fc.property(placed, (all) => {
        const found = handedOutTwice(all, flavour).map(
          ({ network, pool, other }) => `${network.name} ${pool.subnet} ${other.name}`,
        );
        expect(found.toSorted()).toEqual(bySearch(all, flavour).toSorted());
      }),
    );
  });
});
