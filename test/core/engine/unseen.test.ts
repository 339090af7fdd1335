import { describe, expect, it } from 'vitest';
import { checks } from '../../../src/core/checks/index.js';
import { runChecks } from '../../../src/core/engine/run-checks.js';
import { buildTopology } from '../../../src/core/derive/topology/topology.js';
import { known, unknown, type Fact } from '../../../src/model/fact.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';

/** The same host as a user sees it who may enter no namespace. */
function withoutRoot(snapshot: Snapshot): Snapshot {
  return unseen(snapshot, unknown('denied', 'entering it needs root'));
}

function unseen(snapshot: Snapshot, content: Fact<never>): Snapshot {
  if (snapshot.facts.namespaces.state !== 'known') throw new Error('no namespaces');
  const namespaces = snapshot.facts.namespaces.value.map((netns) =>
    netns.isHost ? netns : { ...netns, content },
  );
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(namespaces) } };
}

function statusOf(snapshot: Snapshot, id: string): readonly string[] {
  const topology = buildTopology(snapshot);
  return runChecks(checks, { snapshot, topology, expectations: [] })
    .filter(({ check }) => check === id)
    .map(({ status, subject, reason }) => `${status} ${subject.name}: ${reason ?? ''}`);
}

describe('children that could not be looked into', () => {
  const seen = aSnapshot().parent('eth0').child('web').child('db').allHealthy().build();

  it('are never green', () => {
    const reason = '2 links on eth0 could not be looked into: run as root';
    for (const id of ['child-down', 'gateway-silent', 'mode-mixed', 'default-route-missing']) {
      expect(statusOf(withoutRoot(seen), id)).toEqual([`undetermined eth0: ${reason}`]);
    }
  });

  it('are not green either when the look went wrong', () => {
    const snapshot = unseen(
      seen,
      unknown('failed', 'the saved output of `ip -j neigh` is not JSON'),
    );
    const reason =
      '2 links on eth0 could not be looked into: the saved output of `ip -j neigh` is not JSON';
    expect(statusOf(snapshot, 'child-down')).toEqual([`undetermined eth0: ${reason}`]);
  });

  it('do not hide what can be seen of the parent', () => {
    expect(statusOf(withoutRoot(seen), 'parent-down')).toEqual(['pass host: ']);
  });

  it('are nobody where every namespace was entered', () => {
    expect(statusOf(seen, 'child-down')).toEqual(['pass host: ']);
    const stranger = aSnapshot()
      .parent('eth0', { filter: ['02:00:00:00:00:99'] })
      .child('web');
    expect(statusOf(stranger.allHealthy().build(), 'child-down')).toEqual(['pass host: ']);
  });
});
