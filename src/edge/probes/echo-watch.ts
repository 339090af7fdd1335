// What the parents' taps see of the echoes that the children's own stacks send: which leave, and for whom answers come in.
import type { Taps } from './taps.js';
import type { Trial } from './trial.js';

/** Begins to count for the echoes behind each parent that has a tap. */
export function watchEchoes(trials: readonly Trial[], taps: Taps): void {
  for (const trial of trials) {
    const { send, parent } = trial.step;
    if (send.kind === 'icmp' && taps.get(parent) !== undefined) {
      trial.watch = { left: 0, arrived: new Map() };
    }
  }
}

export interface SeenEcho {
  /** This machine sends it; else it came in. */
  readonly isOutgoing: boolean;
  readonly isReply: boolean;
  /** Ethernet destination. */
  readonly to: string;
}

export function noteEcho(
  trial: Trial,
  device: string,
  { isOutgoing, isReply, to }: SeenEcho,
): void {
  const { watch, step } = trial;
  if (watch === undefined || step.parent !== device) return;
  if (isOutgoing && !isReply) watch.left += 1;
  // Siblings in bridge mode are shown to the tap as well, as if they came in, but never as leaving (macvlan_queue_xmit).
  if (!isOutgoing && isReply && watch.left > 0)
    watch.arrived.set(to, (watch.arrived.get(to) ?? 0) + 1);
}

/** A tap that had no room for a frame has not counted right. */
export function forgetMiscounted(trials: readonly Trial[], taps: Taps): void {
  const parents = new Set(trials.map(({ step }) => step.parent));
  for (const parent of parents) {
    if ((taps.get(parent)?.socket.countLost() ?? 0) === 0) continue;
    for (const trial of trials) if (trial.step.parent === parent) delete trial.watch;
  }
}
