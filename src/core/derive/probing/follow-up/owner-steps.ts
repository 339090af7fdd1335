// Is whoever answers for an address its owner, or somebody who answers for every address (proxy ARP)?
import type { ProbeStep } from '../../../../model/observation.js';
import type { SoFar } from './follow-up.js';

export function ownerSteps(_soFar: SoFar): ProbeStep[] {
  return [];
}
