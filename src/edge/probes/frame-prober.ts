// ARP and reflection frames on the parents' taps: one packet socket per parent, whatever the number of children.
import { randomBytes } from 'node:crypto';
import { arpRequestFrame, readArpReply } from '../../core/frames/arp.js';
import { readReflection, reflectionFrame } from '../../core/frames/reflection.js';
import type { ArpSend, ProbeStep, ReflectionSend } from '../../model/observation.js';
import { openPacketSocket, waitForFrames, type PacketSocket } from '../host/packet-socket.js';
import { isOver, noteReply, reasonOf, type Prober, type Trial } from './trial.js';

interface Tap {
  readonly device: string;
  readonly socket: PacketSocket;
  /** Source of its reflection frames. Its own: another parent on the same LAN hears them too, and reflects nothing. */
  readonly source: string;
}

type FrameSend = ArpSend | ReflectionSend;

/** How long one wait for frames lasts: so much later than its last frame a run may end, at the most. */
const WAIT_MS = 20;

/** Opens a tap for each device among the trials; a tap that cannot be opened ends its trials with the reason. */
export function createFrameProber(
  trials: readonly Trial[],
  ifindexOf: (device: string) => number | undefined,
): Prober {
  const byAnswer = indexTrials(trials);
  const taps = openTaps(trials, ifindexOf);
  let isOpen = true;
  const listening = listen(
    () => isOpen,
    [...taps.values()],
    (tap, frame) => {
      const atMs = performance.now();
      const reply = readArpReply(frame);
      const key =
        reply === undefined
          ? `${tap.device} ${readReflection(frame, tap.source) ?? ''}`
          : answerKey(tap.device, reply.targetMac, reply.senderIp);
      const about = reply && { mac: reply.senderMac, forIp: reply.targetIp };
      for (const trial of byAnswer.get(key) ?? []) noteReply(trial, atMs, about);
    },
  ).catch((error: unknown) => {
    // Deaf from here on: what has not been answered must not count as silent.
    for (const trial of trials) {
      if (isFrame(trial.step.send) && !isOver(trial)) trial.error = reasonOf(error);
    }
  });

  return {
    send(trial) {
      const { send, target } = trial.step;
      const tap = isFrame(send) ? taps.get(send.device) : undefined;
      if (!isFrame(send) || tap === undefined) return;
      try {
        trial.sentAtMs = performance.now();
        tap.socket.send(frameOf(send, target, tap.source));
        trial.sent += 1;
      } catch (error) {
        trial.error = reasonOf(error);
      }
    },
    async close() {
      isOpen = false;
      // A descriptor must not be closed under a thread that waits for it.
      await listening;
      for (const { socket } of taps.values()) socket.close();
    },
  };
}

function isFrame(send: ProbeStep['send']): send is FrameSend {
  return send.kind === 'arp' || send.kind === 'reflection';
}

function frameOf(send: FrameSend, target: string, source: string): Uint8Array {
  return send.kind === 'arp'
    ? arpRequestFrame({ ...send, targetIp: target })
    : reflectionFrame({ source, destination: send.destination });
}

function openTaps(
  trials: readonly Trial[],
  ifindexOf: (device: string) => number | undefined,
): ReadonlyMap<string, Tap> {
  const taps = new Map<string, Tap>();
  const refused = new Map<string, string>();
  for (const trial of trials) {
    const { send } = trial.step;
    if (!isFrame(send) || taps.has(send.device)) continue;
    const reason = refused.get(send.device) ?? openTap(send.device, ifindexOf, taps);
    if (reason === undefined) continue;
    refused.set(send.device, reason);
    trial.error = reason;
  }
  return taps;
}

/** Adds the tap, or says why there is none. */
function openTap(
  device: string,
  ifindexOf: (device: string) => number | undefined,
  taps: Map<string, Tap>,
): string | undefined {
  const ifindex = ifindexOf(device);
  if (ifindex === undefined) return 'the link is gone';
  try {
    taps.set(device, { device, socket: openPacketSocket(ifindex), source: unownedMac() });
    return undefined;
  } catch (error) {
    return `a packet socket could not be opened (${reasonOf(error)})`;
  }
}

/** Trials by what an answer to them looks like; several may be waiting for the same one. */
function indexTrials(trials: readonly Trial[]): ReadonlyMap<string, readonly Trial[]> {
  const index = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { send, target } = trial.step;
    if (!isFrame(send)) continue;
    const key =
      send.kind === 'arp'
        ? answerKey(send.device, send.senderMac, target)
        : `${send.device} ${send.destination}`;
    const known = index.get(key);
    if (known === undefined) index.set(key, [trial]);
    else known.push(trial);
  }
  return index;
}

/** An ARP reply is for the MAC that asked, and comes from the address that was asked for. */
function answerKey(device: string, asker: string, target: string): string {
  return `${device} ${asker} ${target}`;
}

async function listen(
  isOpen: () => boolean,
  taps: readonly Tap[],
  hear: (tap: Tap, frame: Uint8Array) => void,
): Promise<void> {
  const sockets = taps.map(({ socket }) => socket);
  while (isOpen() && taps.length > 0) {
    const ready = new Set(await waitForFrames(sockets, WAIT_MS));
    const heard = taps.filter(({ socket }) => ready.has(socket));
    for (const tap of heard) for (const frame of tap.socket.drain()) hear(tap, frame);
  }
}

/** Locally administered, unicast, and new in every run: nobody on any LAN owns it. */
function unownedMac(): string {
  const bytes = randomBytes(6);
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
