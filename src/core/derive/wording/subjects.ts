// An engine's networks and containers as subjects.
import type { Subject } from '../../../model/finding.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../../model/runtime-network.js';

export function networkSubject({ name }: Pick<RuntimeNetwork, 'name'>): Subject {
  return { kind: 'network', name };
}

export function containerSubject({ name }: Pick<RuntimeContainer, 'name'>): Subject {
  return { kind: 'container', name };
}
