// One bundle, judged: what the comparisons start from.
import type { Report } from '../../model/report.js';
import type { Snapshot } from '../../model/snapshot.js';
import { hostLinks } from '../../model/netns.js';
import { valueOf } from '../../model/fact.js';
import type { Topology } from '../../model/topology.js';

export interface Judged {
  readonly file: string;
  readonly snapshot: Snapshot;
  readonly topology: Topology;
  readonly report: Report;
  /** Absent where names are real, or nobody says. */
  readonly keyId?: string;
}

/** Names and addresses of both mean the same: both are real, or both come from one key. */
export function speakAlike(a: Judged, b: Judged): boolean {
  return a.keyId === b.keyId;
}

/** Goes by the host's name and a MAC of its own: many hosts are called `debian`. */
export function isSameHost(a: Judged, b: Judged): boolean {
  if (!speakAlike(a, b) || a.report.host.hostname !== b.report.host.hostname) return false;
  const [ours, theirs] = [hardwareOf(a), hardwareOf(b)];
  return ours.some((mac) => theirs.includes(mac)) || ours.length + theirs.length === 0;
}

function hardwareOf({ snapshot: { facts } }: Judged): readonly string[] {
  const links = hostLinks(valueOf(facts.namespaces) ?? []) ?? [];
  return links.filter((link) => link.link_type === 'ether').flatMap(({ address }) => address ?? []);
}
