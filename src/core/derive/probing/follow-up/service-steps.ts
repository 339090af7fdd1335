// Where ARP answers and ping does not: would a connection be taken?
import type { ProbeStep } from '../../../../model/observation.js';
import type { SoFar } from './follow-up.js';

export function serviceSteps(_soFar: SoFar): ProbeStep[] {
  return [];
}
