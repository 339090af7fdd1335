// How fast a range is asked through: slow enough for every switch, Wi-Fi and watchful monitor on the LAN.

/** On the average; with those in a row no second ever holds more than 500. */
const SWEEP_PER_SECOND = 420;
/** At the most, after a pause of whatever length: nothing more is made up for. */
const SWEEP_IN_A_ROW = 10;
/** Each silent address is asked for once more, in case a frame was lost. */
export const SWEEP_PASSES = 2;
/** A /24: what is asked through without being told to. */
export const MOST_UNTOLD = 256;
/** Of all ranges of one run together, without being told to and with `--sweep`. */
export const MOST_UNTOLD_TOGETHER = 1024;
export const MOST_TOLD = 65_536;

/** About how long it takes when nobody answers, in seconds. */
export function sweepSeconds(addresses: number): number {
  return Math.ceil((addresses * SWEEP_PASSES) / SWEEP_PER_SECOND);
}

/** Asked before each frame with the time in milliseconds, which only grows: may it go now? */
export function newPace(startMs: number): (nowMs: number) => boolean {
  let inHand = SWEEP_IN_A_ROW;
  let lastMs = startMs;
  return (nowMs) => {
    const earned = ((nowMs - lastMs) * SWEEP_PER_SECOND) / 1000;
    inHand = Math.min(SWEEP_IN_A_ROW, inHand + earned);
    lastMs = nowMs;
    if (inHand < 1) return false;
    inHand -= 1;
    return true;
  };
}
