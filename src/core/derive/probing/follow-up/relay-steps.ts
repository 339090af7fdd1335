// Does a gateway that answers forward packets at all?
import type { ProbeStep } from '../../../../model/observation.js';
import type { SoFar } from './follow-up.js';

export function relaySteps(_soFar: SoFar): ProbeStep[] {
  return [];
}
