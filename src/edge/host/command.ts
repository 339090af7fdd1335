// How a program is run to its end: argv only, never a shell, bounded in time and size.
import { spawn } from 'node:child_process';

/** What a program gets besides its arguments. */
export interface CommandOptions {
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Milliseconds; default one minute. It is then ended by SIGTERM. */
  readonly timeoutMs?: number;
  /** Bytes of output; default 64 MiB. Beyond them it is ended by SIGTERM. */
  readonly limitBytes?: number;
  /** Folders besides those of PATH. */
  readonly morePath?: string;
  /** Its whole environment, PATH aside, in place of our own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it by SIGTERM. */
  readonly signal?: AbortSignal;
}

/** How it ended. */
export interface CommandResult {
  /** Exit code; null when a signal ended it or it never started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** True when there is no such program on PATH. */
  readonly isMissing: boolean;
}

/** Longest that anything the lab runs may take; `ip -batch` with hundreds of links needs a few seconds. */
const DEFAULT_TIMEOUT_MS = 60_000;
/** A report on 500 children is a few MiB. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Runs `argv` and waits for its end; never rejects. The program gets a session of its own: Ctrl-C on the terminal
 * reaches only us, and we end it, group and all, when `signal` says so.
 */
export function runCommand(
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const [program = '', ...rest] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      detached: true,
      env: { ...(options.env ?? process.env), PATH: pathWith(options.morePath), LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It ended between the decision and the signal.
      }
    };
    const timer = setTimeout(end, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const finish = (code: number | null, isMissing: boolean) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', end);
      resolve({ code, ...output, isMissing });
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        if (output[name].length > (options.limitBytes ?? LIMIT_BYTES)) end();
      });
    }
    // EPIPE: it ended without reading what we had for it; its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      output.stderr ||= error.message;
      finish(null, error.code === 'ENOENT');
    });
    child.on('close', (code) => {
      finish(code, false);
    });
    options.signal?.addEventListener('abort', end, { once: true });
    if (options.signal?.aborted === true) end();
  });
}

function pathWith(more: string | undefined): string | undefined {
  const own = process.env['PATH'];
  if (more === undefined) return own;
  return own ? `${own}:${more}` : more;
}
