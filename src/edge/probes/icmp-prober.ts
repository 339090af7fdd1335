// ICMP echo from each namespace's own stack: its routes, its ARP and its filters are part of what is tested.
import type { IcmpSend } from '../../model/observation.js';
import { openIcmpSocket, type IcmpSocket, type RawSocketModule } from '../host/icmp-socket.js';
import { LostNetnsError } from '../host/netns.js';
import type { EchoBook } from './echo-book.js';
import { markSending, isOver, noteReply, reasonOf, type Prober, type Trial } from './trial.js';

interface Line {
  readonly socket: IcmpSocket;
  /** Trials by the sequence number of their echo. */
  readonly bySequence: Map<number, Trial>;
}

/**
 * One raw socket per namespace, bound device and packet length, opened when first needed. Each hears the answers to its
 * neighbours in the namespace too, and takes its own only: what was asked through the shim says nothing of the way
 * without it.
 */
export function createIcmpProber(
  raw: RawSocketModule,
  netnsPaths: ReadonlyMap<number, string | null>,
  echoes: EchoBook,
): Prober {
  const lines = new Map<string, Line | string>();

  const lineFor = (send: IcmpSend): Line | string => {
    const key = `${send.netns.toString()} ${send.device ?? ''} ${send.bytes?.toString() ?? ''}`;
    const existing = lines.get(key);
    if (existing !== undefined) return existing;
    const made = openLine(raw, send, netnsPaths.get(send.netns), echoes.id);
    lines.set(key, made);
    return made;
  };

  return {
    send(trial) {
      const { send, target } = trial.step;
      if (send.kind !== 'icmp') return;
      const line = lineFor(send);
      if (typeof line === 'string') {
        trial.error = line;
        return;
      }
      const echo = echoes.next(trial);
      line.bySequence.set(echo.sequence, trial);
      trial.sent += 1;
      markSending(trial);
      const failed = (reason: string): void => {
        trial.sent -= 1;
        trial.error = reason;
      };
      try {
        line.socket.send(target, echo, failed);
      } catch (error) {
        failed(reasonOf(error));
      }
    },
    close() {
      for (const line of lines.values()) if (typeof line !== 'string') line.socket.close();
      lines.clear();
    },
  };
}

function openLine(
  raw: RawSocketModule,
  send: IcmpSend,
  netnsPath: string | null | undefined,
  id: number,
): Line | string {
  if (netnsPath === undefined) return 'its network namespace could not be found again';
  const bySequence = new Map<number, Trial>();
  try {
    const socket = openIcmpSocket(raw, {
      netnsPath,
      ...(send.device === undefined ? {} : { device: send.device }),
      ...(send.bytes === undefined ? {} : { bytes: send.bytes }),
      onReply(echo, source, atMs) {
        const trial = echo.id === id ? bySequence.get(echo.sequence) : undefined;
        if (trial?.step.target === source) noteReply(trial, atMs);
      },
      onError({ echo, says, mtu }, by) {
        const trial = echo.id === id ? bySequence.get(echo.sequence) : undefined;
        if (trial !== undefined && says === 'too-long') trial.tooBig ??= { by, mtu };
      },
      onFailure(reason) {
        // Deaf from here on: what has not been answered must not count as silent.
        for (const trial of bySequence.values()) if (!isOver(trial)) trial.error = reason;
      },
    });
    return { socket, bySequence };
  } catch (error) {
    if (error instanceof LostNetnsError) throw error;
    return reasonOf(error);
  }
}
