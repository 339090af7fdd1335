// How many frames a run may send at the most, and how that is reckoned.
import type { ProbeStep } from '../../../model/observation.js';
import type { Report } from '../../../model/report.js';
import { SEND_AT } from './patience.js';

export function frameLimit(steps: readonly ProbeStep[]): Report['frameLimit'] {
  const sends = SEND_AT.length;
  return {
    frames: steps.length * sends,
    formula: `${sends.toString()} × ${steps.length.toString()} probes`,
  };
}
