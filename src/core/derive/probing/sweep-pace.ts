// How fast a range is asked through: slow enough for every switch, Wi-Fi and watchful monitor on the LAN.

/** So many frames, then a breath: 400 a second at the most, and never more than 500 in any second, since nothing is made up for. */
export const SWEEP_BURST = 4;
export const SWEEP_BREATH_MS = 10;
/** Each silent address is asked for once more, in case a frame was lost. */
export const SWEEP_PASSES = 2;
/** A /24: what is asked through without being told to. */
export const MOST_UNTOLD = 256;
/** Of all ranges of one run together, without being told to and with `--sweep`. */
export const MOST_UNTOLD_TOGETHER = 1024;
export const MOST_TOLD = 65_536;

/** About how long it takes when nobody answers, in seconds. */
export function sweepSeconds(addresses: number): number {
  return Math.ceil((addresses * SWEEP_PASSES * SWEEP_BREATH_MS) / SWEEP_BURST / 1000);
}
