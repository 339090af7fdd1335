// TCP connections from each namespace's own stack: what is there is asked whether it takes one, and let go at once.
import { constants } from 'node:os';
import type { TcpSend } from '../../model/observation.js';
import { LostNetnsError } from '../host/netns.js';
import { SyscallError } from '../host/syscalls.js';
import { decidedAttempts, openTcpAttempt, type TcpAttempt } from '../host/tcp-socket.js';
import { markSending, isOver, noteReply, reasonOf, type Prober, type Trial } from './trial.js';

/** How often it is looked who has answered. */
const LOOK_MS = 2;
/** The kernel repeats a SYN after a second (RFC 6298); an attempt ends before, so that each is one frame. */
const LONGEST_ATTEMPT_MS = 900;
/** What a connection that stands costs besides its SYN: the last step of the handshake, and the end. */
const FRAMES_WHEN_ACCEPTED = 2;

interface Running {
  readonly attempt: TcpAttempt;
  readonly trial: Trial;
  readonly sinceMs: number;
}

export function createTcpProber(netnsPaths: ReadonlyMap<number, string | null>): Prober {
  const running = new Set<Running>();
  let timer: NodeJS.Timeout | undefined;

  const end = (one: Running): void => {
    running.delete(one);
    one.attempt.close();
  };
  const look = (): void => {
    const nowMs = performance.now();
    const attempts = [...running];
    const decided = new Map(
      decidedAttempts(attempts.map(({ attempt }) => attempt)).map((one) => [
        one.attempt,
        one.errno,
      ]),
    );
    for (const one of attempts) {
      const errno = decided.get(one.attempt);
      if (errno !== undefined) noteOutcome(one.trial, errno, nowMs);
      const isLate = nowMs - one.sinceMs > LONGEST_ATTEMPT_MS;
      if (errno !== undefined || isLate || isOver(one.trial)) end(one);
    }
  };

  return {
    send(trial) {
      const { send } = trial.step;
      if (send.kind !== 'tcp') return;
      markSending(trial);
      const attempt = attemptOf(trial, send, netnsPaths.get(send.netns));
      if (typeof attempt === 'string') {
        trial.error = attempt;
        return;
      }
      trial.sent += 1;
      running.add({ attempt, trial, sinceMs: trial.sentAtMs });
      timer ??= setInterval(look, LOOK_MS);
    },
    close() {
      clearInterval(timer);
      for (const one of running) end(one);
    },
  };
}

function attemptOf(
  { step: { target } }: Trial,
  { port, device }: TcpSend,
  netnsPath: string | null | undefined,
): TcpAttempt | string {
  if (netnsPath === undefined) return 'its network namespace could not be found again';
  try {
    const bound = device === undefined ? {} : { device };
    return openTcpAttempt({ netnsPath, target, port, ...bound });
  } catch (error) {
    if (error instanceof LostNetnsError) throw error;
    if (error instanceof SyscallError && error.errno === 'ENETUNREACH') return NO_ROUTE;
    return `a TCP connection could not be tried (${reasonOf(error)})`;
  }
}

const NO_ROUTE = 'no route leads there from this network namespace';

/** Nobody at home and nobody answering are both silence; a refusal is an answer. */
function noteOutcome(trial: Trial, errno: number, atMs: number): void {
  const { ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT } = constants.errno;
  if (errno === 0) {
    trial.sent += FRAMES_WHEN_ACCEPTED;
    noteReply(trial, atMs, { tcp: 'accepted' });
  } else if (errno === ECONNREFUSED) {
    noteReply(trial, atMs, { tcp: 'refused' });
  } else if (errno !== EHOSTUNREACH && errno !== ETIMEDOUT) {
    trial.error = `a TCP connection failed (${reasonOf(new SyscallError('connect', errno))})`;
  }
}
