// Trials that are asked while their parent takes every frame: after all others, whose answers that would forge.
import { setTimeout as sleep } from 'node:timers/promises';
import type { PacketSocket } from '../host/packet-socket.js';
import { SyscallError } from '../host/syscalls.js';
import { exchange, type ExchangeOptions } from './exchange.js';
import { tapOf, type Taps } from './taps.js';
import { reasonOf, type Trial } from './trial.js';

/** Drivers tell their device in the background. */
const SETTLE_MS = 20;

export function isPromiscuous({ step: { send } }: Trial): boolean {
  return send.kind === 'arp' && send.isPromiscuous === true;
}

/** The wish to hear everything is taken back at the end, and ends with its socket in any case. */
export async function askPromiscuously(
  trials: readonly Trial[],
  taps: Taps,
  options: ExchangeOptions,
): Promise<void> {
  const wanting = trials.filter((trial) => isPromiscuous(trial) && trial.error === undefined);
  if (wanting.length === 0) return;
  for (const trial of trials) trial.isListening = false;
  const sockets = new Set(wanting.flatMap((trial) => socketOf(trial, taps) ?? []));
  try {
    for (const socket of sockets) socket.setPromiscuous(true);
    await sleep(SETTLE_MS, undefined, { signal: options.signal });
    for (const trial of wanting) trial.isListening = true;
    await exchange(wanting, options);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    for (const trial of wanting)
      trial.error = `no promiscuous mode could be had (${reasonOf(error)})`;
  } finally {
    for (const socket of sockets) release(socket);
  }
}

function socketOf({ step: { send } }: Trial, taps: Taps): PacketSocket | undefined {
  return send.kind === 'arp' ? taps.get(tapOf(send))?.socket : undefined;
}

/** A link that is gone has nothing to give back. */
function release(socket: PacketSocket): void {
  try {
    socket.setPromiscuous(false);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
  }
}
