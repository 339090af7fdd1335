import { describe, expect, it } from 'vitest';
import { describePromiscuity } from '../../../../src/core/derive/topology/promiscuity.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { unknown } from '../../../../src/model/fact.js';
import type { ReportPromiscuity } from '../../../../src/model/report.js';
import {
  aSnapshot,
  type ParentOptions,
  type SnapshotBuilder,
} from '../../../support/a-snapshot.js';

function promiscuityOf(builder: SnapshotBuilder): ReportPromiscuity {
  const snapshot = builder.build();
  const [parent] = buildTopology(snapshot).parents;
  if (parent === undefined) throw new Error('no parent');
  return describePromiscuity(parent, snapshot.facts.fdb);
}

function two(options: ParentOptions = {}): SnapshotBuilder {
  return aSnapshot().parent('eth0', options).child('web').child('db');
}

describe('describePromiscuity', () => {
  it('a card whose filter holds every MAC needs nothing', () => {
    expect(promiscuityOf(two())).toEqual({
      count: 0,
      isSetByUser: false,
      filterHolds: 2,
      filterNeeds: 2,
      verdict:
        'eth0 is not promiscuous and need not be: its receive filter holds all 2 MACs above it. Nothing is to be done.',
    });
  });

  it('a device that the kernel made promiscuous needs no "promisc on"', () => {
    const { verdict, count, isSetByUser } = promiscuityOf(two({ promiscuity: 1 }));
    expect([count, isSetByUser]).toEqual([1, false]);
    expect(verdict).toContain('promiscuous, and not by hand (promiscuity 1, no PROMISC flag)');
    expect(verdict).toContain('"promisc on" would change nothing');
  });

  it('a hole in the filter of a card that is not promiscuous is to be mended', () => {
    const { verdict, filterHolds } = promiscuityOf(two({ filter: ['02:42:c0:00:02:10'] }));
    expect(filterHolds).toBe(1);
    expect(verdict).toContain('lacks 1 of 2 MACs above it (02:42:c0:00:02:11)');
    expect(verdict).toContain('Something is to be done.');
  });

  it('set by hand and not needed does no harm', () => {
    const { verdict, isSetByUser } = promiscuityOf(two({ promiscuity: 1, isPromiscuous: true }));
    expect(isSetByUser).toBe(true);
    expect(verdict).toContain('by hand (flag PROMISC, promiscuity 1)');
    expect(verdict).toContain('It does no harm.');
  });

  it('set by hand and needed is to be left alone', () => {
    const { verdict } = promiscuityOf(two({ promiscuity: 1, isPromiscuous: true, filter: [] }));
    expect(verdict).toContain('and needs to be: its receive filter lacks 2 of 2 MACs');
    expect(verdict).toContain('Leave it so.');
  });

  it('a filter that was not read proves nothing', () => {
    const builder = two().fact('fdb', unknown('failed', 'no answer'));
    expect(promiscuityOf(builder).verdict).toContain('could not be read');
  });

  it('a child that is down needs no place in the filter', () => {
    const builder = aSnapshot().parent('eth0', { filter: [] }).child('web', { up: false });
    expect(promiscuityOf(builder)).toMatchObject({ filterNeeds: 0 });
    expect(promiscuityOf(builder).verdict).toContain('no link that is up on eth0 needs it');
  });
});
