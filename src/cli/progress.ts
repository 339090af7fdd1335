// Progress on stderr: one line drawn over on a terminal; elsewhere silence, unless the run takes long.
import { canAnimate, type Stream } from './terminal.js';

export interface Progress {
  readonly show: (line: string) => void;
  /** Leaves no trace on a terminal. */
  readonly stop: () => void;
}

interface ProgressStream extends Stream {
  readonly write: (text: string) => unknown;
}

/** A run in a log speaks up only when somebody might think it hangs, and then now and again. */
const PATIENCE_MS = 2000;
const HEARTBEAT_MS = 10_000;
const CLEAR_LINE = '\r\u001B[2K';

export const SILENT: Progress = { show: () => undefined, stop: () => undefined };

export function startProgress(
  stream: ProgressStream,
  env: Readonly<Record<string, string | undefined>>,
): Progress {
  return canAnimate(stream, env) ? onTerminal(stream) : inLog(stream);
}

function onTerminal(stream: ProgressStream): Progress {
  return {
    show: (line) => stream.write(`${CLEAR_LINE}${line.slice(0, (stream.columns ?? 80) - 1)}`),
    stop: () => stream.write(CLEAR_LINE),
  };
}

function inLog(stream: ProgressStream): Progress {
  let latest = 'looking …';
  const speak = (): unknown => stream.write(`${latest}\n`);
  let timer: NodeJS.Timeout = setTimeout(() => {
    speak();
    timer = setInterval(speak, HEARTBEAT_MS).unref();
  }, PATIENCE_MS).unref();
  return {
    show: (line) => {
      latest = line;
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
