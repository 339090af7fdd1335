// What a stream can show: colour, width, animation.

export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where nobody knows better: the width of a ticket. */
const DEFAULT_WIDTH = 80;

/** A flag beats NO_COLOR (no-color.org), which beats FORCE_COLOR, which beats what the stream is. */
export function hasColor(stream: Stream, env: Env, isRefused: boolean): boolean {
  if (isRefused || isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return !['0', 'false'].includes(env['FORCE_COLOR'] ?? '');
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

export function widthOf(stream: Stream): number {
  return stream.isTTY === true && stream.columns !== undefined && stream.columns > 0
    ? stream.columns
    : DEFAULT_WIDTH;
}

/** Whether a line may be drawn over. */
export function canAnimate(stream: Stream, env: Env): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
