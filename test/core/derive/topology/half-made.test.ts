// Which children may be in the middle of being made.
import { expect, it } from 'vitest';
import { isHalfMade } from '../../../../src/core/derive/topology/half-made.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

const lan = () => aSnapshot().parent('eth0').child('web');

it.each<[string, SnapshotBuilder, boolean]>([
  ['all are made', lan().child('db'), false],
  ['nobody is there', aSnapshot().parent('eth0'), false],
  ['one is not up yet', lan().child('db', { up: false }), true],
  ['one has no address yet', lan().child('db', { address: [] }), true],
  ['one has no route yet', lan().child('db', { gateway: null }), true],
])('%s', (_name, given, isExpected) => {
  expect(isHalfMade(buildTopology(given.build()))).toBe(isExpected);
});
