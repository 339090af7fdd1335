// An engine's networks as subjects.
import type { Subject } from '../../../model/finding.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';

export function networkSubject({ name }: Pick<RuntimeNetwork, 'name'>): Subject {
  return { kind: 'network', name };
}
