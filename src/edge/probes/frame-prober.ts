// ARP, reflection and relay frames on the parents' taps, and what the taps see of the echoes that others send.
import { arpRequestFrame } from '../../core/frames/arp.js';
import { ETHERTYPE_IPV4, ethernetFrame } from '../../core/frames/ethernet.js';
import { echoRequest } from '../../core/frames/icmp.js';
import { ipv4Packet } from '../../core/frames/ipv4.js';
import { reflectionFrame } from '../../core/frames/reflection.js';
import type { ArpSend, ProbeStep, ReflectionSend, RelaySend } from '../../model/observation.js';
import { SyscallError } from '../host/syscalls.js';
import type { EchoBook } from './echo-book.js';
import { type Awaited, hearAnswer, hearEcho, indexByAnswer } from './hearing.js';
import { tapOf, type Tap, type Taps } from './taps.js';
import { markSending, isOver, reasonOf, type Prober, type Trial } from './trial.js';

type FrameSend = ArpSend | ReflectionSend | RelaySend;

/** Opens what taps the trials need; one that cannot be opened ends its trials with the reason. */
export function createFrameProber(trials: readonly Trial[], taps: Taps, echoes: EchoBook): Prober {
  for (const trial of trials) {
    const { send } = trial.step;
    const tap = isFrame(send) ? taps.need(tapOf(send)) : undefined;
    if (tap === undefined) continue;
    const trouble =
      typeof tap === 'string' ? tap : (admission(send, tap, taps) ?? otherEnd(send, taps));
    if (trouble !== undefined) trial.error = trouble;
  }
  const awaited: Awaited = {
    byAnswer: indexByAnswer(trials),
    sourceOf: (device) => taps.get(device)?.source,
  };
  const stop = taps.listen({
    hear(tap, frame) {
      const atMs = performance.now();
      if (!frame.isOutgoing) hearAnswer(tap, frame, awaited, atMs);
      hearEcho(tap, frame, echoes, atMs);
    },
    deaf(reason) {
      // What has not been answered must not count as silent, nor what was not seen as not there.
      for (const trial of trials) {
        if (isFrame(trial.step.send) && !isOver(trial)) trial.error = reason;
        delete trial.watch;
      }
    },
  });
  return {
    send(trial) {
      const { send } = trial.step;
      const tap = isFrame(send) ? taps.get(tapOf(send)) : undefined;
      if (!isFrame(send) || tap === undefined) return;
      try {
        markSending(trial);
        tap.socket.send(frameOf(send, trial, tap, echoes));
        trial.sent += 1;
      } catch (error) {
        if (isLostAtOnce(send, error)) trial.sent += 1;
        else trial.error = reasonOf(error);
      }
    },
    close: stop,
  };
}

/**
 * Where the other end of the cable is a link of this machine too (veth), the kernel tells us that it let a frame drop. For
 * one that is longer than usual that is an outcome, since the short one of the same moment shows that there was room.
 */
function isLostAtOnce(send: FrameSend, error: unknown): boolean {
  const isLong = send.kind === 'arp' && send.bytes !== undefined;
  return isLong && error instanceof SyscallError && error.errno === 'ENOBUFS';
}

function admission(send: ProbeStep['send'], tap: Tap, taps: Taps): string | undefined {
  return send.kind === 'arp' && send.isAdmitted === true
    ? taps.admit(tap, send.senderMac)
    : undefined;
}

/** The tap at which a frame has to come in, where that is another one. */
function otherEnd(send: ProbeStep['send'], taps: Taps): string | undefined {
  if (send.kind !== 'reflection' || send.heardAt === undefined) return undefined;
  const tap = taps.need(send.heardAt);
  return typeof tap === 'string' ? tap : undefined;
}

function isFrame(send: ProbeStep['send']): send is FrameSend {
  return send.kind === 'arp' || send.kind === 'reflection' || send.kind === 'relay';
}

function frameOf(send: FrameSend, trial: Trial, { source }: Tap, echoes: EchoBook): Uint8Array {
  const { target } = trial.step;
  switch (send.kind) {
    case 'arp': {
      return arpRequestFrame({ ...send, targetIp: target });
    }
    case 'reflection': {
      return reflectionFrame({ source, destination: send.destination });
    }
    case 'relay': {
      const { ethernetSource, ethernetDestination, sourceIp, ttl } = send;
      const header = { source: sourceIp, target, ...(ttl === undefined ? {} : { ttl }) };
      const packet = ipv4Packet(header, echoRequest(echoes.next(trial)));
      const ends = { source: ethernetSource, destination: ethernetDestination };
      return ethernetFrame({ ...ends, etherType: ETHERTYPE_IPV4 }, packet);
    }
  }
}
