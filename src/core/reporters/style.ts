// What every part of the terminal report needs to know: the room there is, the colours, and how much is wanted.

export interface TextOptions {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

type Ink = (text: string) => string;

/** Colour only helps; the words carry the meaning. */
export interface Style {
  readonly width: number;
  readonly verbose: boolean;
  readonly bold: Ink;
  readonly dim: Ink;
  readonly red: Ink;
  readonly yellow: Ink;
  readonly green: Ink;
}

/** Narrower than this, nothing can be laid out; a wider terminal is used, but lines stay readable. */
const NARROWEST = 40;
const WIDEST = 120;

export function makeStyle({ color, width, verbose }: TextOptions): Style {
  // ECMA-48 SGR: each on/off pair resets only what it set.
  const ink =
    (on: number, off: number): Ink =>
    (text) =>
      color ? `\u001B[${on.toString()}m${text}\u001B[${off.toString()}m` : text;
  return {
    width: Math.min(Math.max(width, NARROWEST), WIDEST),
    verbose,
    bold: ink(1, 22),
    dim: ink(2, 22),
    red: ink(31, 39),
    yellow: ink(33, 39),
    green: ink(32, 39),
  };
}

export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count.toString()} ${count === 1 ? noun : nouns}`;
}
