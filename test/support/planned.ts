// Networks of a snapshot as they are before they exist: somebody only asks what would become of them.
import { PLANNED } from '../../src/model/plan.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import type { SnapshotBuilder } from './a-snapshot.js';

/** The same, with the network planned. */
export function planned(given: SnapshotBuilder, name: string): Snapshot {
  const text = JSON.stringify(given.build());
  return JSON.parse(text.replaceAll(`"net-${name}"`, JSON.stringify(PLANNED + name))) as Snapshot;
}
