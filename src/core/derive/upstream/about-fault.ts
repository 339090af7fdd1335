// Where a filter's finding belongs, and whom it names: the port as a whole, or the children that it refuses.
import { HOST, type Subject } from '../../../model/finding.js';
import { aboutChild, parentSubject } from '../wording/victims.js';
import type { UpstreamFault } from './upstream-faults.js';

export interface FaultData {
  readonly parent: string;
  readonly victims: readonly string[];
  readonly accepted: readonly string[];
  /** Addresses of the machines on the LAN that were asked. */
  readonly asked: readonly string[];
}

/** While other children get through, nothing is said of the parent: a fault of theirs must not hide behind it. */
export function aboutFault({ parent, victims, accepted, looks }: UpstreamFault): {
  readonly subject: Subject;
  readonly also: readonly Subject[];
  readonly within: readonly Subject[];
  readonly data: FaultData;
} {
  const data = {
    parent: parent.name,
    victims: victims.map(({ label }) => label),
    accepted: accepted.map(({ label }) => label),
    asked: [...new Set(looks.map(({ target }) => target))],
  };
  const [first, ...others] = victims.map((child) => aboutChild(child));
  return accepted.length === 0 || first === undefined
    ? { subject: parentSubject(parent.name), also: [], within: [HOST], data }
    : {
        subject: first.subject,
        also: others.map(({ subject }) => subject),
        within: [...first.within, HOST],
        data,
      };
}
