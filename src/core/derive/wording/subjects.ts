// Subjects that are no link: the machine, and an engine's networks.
import type { Subject } from '../../../model/finding.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';

/** The machine as a whole: what no single link is to blame for. Everything is within it. */
export const HOST: Subject = { kind: 'host', name: 'host' };

export function networkSubject({ name }: Pick<RuntimeNetwork, 'name'>): Subject {
  return { kind: 'network', name };
}
