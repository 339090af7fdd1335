// Which echo belongs to which trial: one id for a whole run, and a sequence number for each request.
import { randomInt } from 'node:crypto';
import type { Echo } from '../../core/frames/icmp.js';
import type { Trial } from './trial.js';

/** Counted over all sockets and rounds: a late answer must find the trial that asked for it. */
export interface EchoBook {
  readonly id: number;
  /** The next request of this trial. */
  readonly next: (trial: Trial) => Echo;
  readonly trialOf: (echo: Echo) => Trial | undefined;
}

export function openEchoBook(): EchoBook {
  const id = randomInt(0x1_00_00);
  const trials = new Map<number, Trial>();
  let sent = 0;
  return {
    id,
    next(trial) {
      const sequence = sent & 0xff_ff;
      sent += 1;
      trials.set(sequence, trial);
      return { id, sequence };
    },
    trialOf: (echo) => (echo.id === id ? trials.get(echo.sequence) : undefined),
  };
}
