// Which MACs get out to the gateway, and which get an answer back: the ARP split probe.
import type { ProbeStep } from '../../../../model/observation.js';
import type { SoFar } from './follow-up.js';

export function splitSteps(_soFar: SoFar): ProbeStep[] {
  return [];
}
