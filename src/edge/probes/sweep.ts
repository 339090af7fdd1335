// Asks a range through on a parent's tap, slowly, and listens. The kernel's own ARP is not asked: no neighbour entry comes of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { LEAST_PATIENCE_MS } from '../../core/derive/probing/patience.js';
import { newPace, SWEEP_PASSES } from '../../core/derive/probing/sweep-pace.js';
import { addressesOf } from '../../core/derive/probing/sweep-range.js';
import { arpRequestFrame, readArpReply } from '../../core/frames/arp.js';
import { NO_SENDER } from '../../core/derive/probing/sends.js';
import type { Sweep, SweepAnswer, SweepStep } from '../../model/sweep.js';
import type { HeardFrame } from '../host/packet-socket.js';
import type { Tap, Taps } from './taps.js';
import { reasonOf } from './trial.js';

export interface SweepRound {
  /** How long an answer may take, milliseconds. */
  readonly windowMs: number;
  readonly signal: AbortSignal;
  /** Gets how many frames of a sweep were sent so far, from time to time. */
  readonly onSent?: (step: SweepStep, sent: number) => void;
}

/** After each pass, as a part of the window: who is on his way with an answer is not asked again. */
const PATIENCE = 0.25;
/** Two say enough: more would be somebody who makes them up. */
const MOST_MACS = 2;
/** Between two looks at whether the next frame may go. */
const BREATH_MS = 5;
/** Between two words about how far it is, in frames. */
const TELL_EVERY = 500;

/** One after the other. Never throws for what goes wrong on the wire; an abort is thrown on. */
export async function sweepRanges(
  steps: readonly SweepStep[],
  taps: Taps,
  round: SweepRound,
): Promise<readonly Sweep[]> {
  const sweeps: Sweep[] = [];
  for (const step of steps) sweeps.push(await sweepRange(step, taps, round));
  return sweeps;
}

async function sweepRange(step: SweepStep, taps: Taps, round: SweepRound): Promise<Sweep> {
  const tap = taps.need(step.parent);
  if (typeof tap === 'string') return outcomeOf(step, newState(step), tap);
  const state = newState(step);
  const stop = taps.listen({
    hear: (heardBy, frame) => {
      if (heardBy === tap) hear(frame, step, state);
    },
    deaf: (reason) => {
      state.error ??= reason;
    },
  });
  try {
    await ask(step, tap, state, round);
  } finally {
    await stop();
  }
  return outcomeOf(step, state, state.error);
}

/** What is known so far. */
interface State {
  /** MACs by address, for every address that is asked for. */
  readonly macs: Map<string, string[]>;
  sent: number;
  error?: string;
}

function newState(step: SweepStep): State {
  return { macs: new Map([...addressesOf(step)].map((ip) => [ip, []])), sent: 0 };
}

async function ask(
  step: SweepStep,
  { socket }: Tap,
  state: State,
  { signal, windowMs, onSent }: SweepRound,
): Promise<void> {
  const patienceMs = Math.max(LEAST_PATIENCE_MS, windowMs * PATIENCE);
  const mayGo = newPace(performance.now());
  for (let pass = 0; pass < SWEEP_PASSES; pass += 1) {
    for (const [ip, macs] of state.macs) {
      if (macs.length > 0) continue;
      while (!mayGo(performance.now())) await sleep(BREATH_MS, undefined, { signal });
      if (state.error !== undefined) return;
      try {
        socket.send(requestFor(ip, step));
      } catch (error) {
        state.error = reasonOf(error);
        return;
      }
      state.sent += 1;
      if (state.sent % TELL_EVERY === 0) onSent?.(step, state.sent);
    }
    await sleep(patienceMs, undefined, { signal });
  }
}

function requestFor(targetIp: string, { mac }: SweepStep): Uint8Array {
  return arpRequestFrame({ ethernetSource: mac, senderMac: mac, senderIp: NO_SENDER, targetIp });
}

/** Replies to the probes, not to what the kernel asks meanwhile: a proxy may answer one and not the other (strangers.ts). */
function hear({ bytes, isOutgoing }: HeardFrame, { mac }: SweepStep, { macs }: State): void {
  const reply = isOutgoing ? undefined : readArpReply(bytes);
  if (reply?.targetMac !== mac || reply.targetIp !== NO_SENDER) return;
  const known = macs.get(reply.senderIp);
  if (known === undefined || known.length >= MOST_MACS || known.includes(reply.senderMac)) return;
  known.push(reply.senderMac);
}

function outcomeOf(
  { parent, range }: SweepStep,
  { macs, sent }: State,
  error: string | undefined,
): Sweep {
  return {
    parent,
    range,
    addresses: macs.size,
    sent,
    answers: [...macs].flatMap(([ip, all]) => all.map((mac): SweepAnswer => ({ ip, mac }))),
    ...(error !== undefined && { error }),
  };
}
