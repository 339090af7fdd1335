import { describe, expect, it } from 'vitest';
import raiseNeighbourLimit from '../../../../src/core/fixes/passage/raise-neighbour-limit.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { attempt, linesOf, planOf } from '../plan.js';

const remedy = raiseNeighbourLimit.request(null);
const host = () => aSnapshot().parent('eth0').child('web');

describe('raise-neighbour-limit', () => {
  it('sets the three limits, takes them back, and writes them down', () => {
    const table = { entries: 1024, gcThresh1: 200, gcThresh2: 600, gcThresh3: 1024, tableFulls: 0 };
    const plan = planOf(remedy, host().fact('neighbourTable', known(table)));
    const line = (index: number, value: number) =>
      `sysctl -w net.ipv4.neigh.default.gc_thresh${index.toString()}=${value.toString()}`;
    expect(linesOf(plan.steps)).toEqual([line(3, 16_384), line(2, 8192), line(1, 4096)]);
    expect(linesOf(plan.undo)).toEqual([line(3, 1024), line(2, 600), line(1, 200)]);
    expect(plan.persist[0]?.files).toEqual([
      {
        path: '/etc/sysctl.d/60-neighbour-table.conf',
        content: [
          'net.ipv4.neigh.default.gc_thresh3 = 16384',
          'net.ipv4.neigh.default.gc_thresh2 = 8192',
          'net.ipv4.neigh.default.gc_thresh1 = 4096',
          '',
        ].join('\n'),
      },
    ]);
  });

  it('knows what Linux starts with where it was not told', () => {
    expect(linesOf(planOf(remedy, host()).undo)[2]).toMatch(/gc_thresh1=128$/);
  });

  it('is for the machine itself', () => {
    for (const platform of [{ isContainer: true }, { isInitialNetns: false }]) {
      expect(attempt(remedy, host().platform(platform))).toHaveProperty('impossible');
    }
    const blind = host().fact('neighbourTable', unknown('failed', 'no'));
    expect(attempt(remedy, blind)).toHaveProperty('impossible');
  });
});
