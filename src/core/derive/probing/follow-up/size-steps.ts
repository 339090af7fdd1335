// How long may a packet be?
import type { ProbeStep } from '../../../../model/observation.js';
import type { SoFar } from './follow-up.js';

export function sizeSteps(_soFar: SoFar): ProbeStep[] {
  return [];
}
