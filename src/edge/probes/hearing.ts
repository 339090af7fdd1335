// What a frame on a parent's tap means to the trials: an answer, or an echo of theirs on its way.
import { readArpReply } from '../../core/frames/arp.js';
import { ETHERNET_HEADER_BYTES, ETHERTYPE_IPV4, readEthernet } from '../../core/frames/ethernet.js';
import { readEcho, readEchoError } from '../../core/frames/icmp.js';
import { readIpv4 } from '../../core/frames/ipv4.js';
import { readReflection } from '../../core/frames/reflection.js';
import type { ReflectionSend } from '../../model/observation.js';
import type { HeardFrame } from '../host/packet-socket.js';
import { answerKey } from './alike.js';
import type { EchoBook } from './echo-book.js';
import { noteEcho } from './echo-watch.js';
import { tapOf, type Tap } from './taps.js';
import { noteReply, type Trial } from './trial.js';

export interface Awaited {
  readonly byAnswer: ByAnswer;
  /** Source of the reflection frames that were sent at a device. */
  readonly sourceOf: (device: string) => string | undefined;
}

/** Trials by what an answer to them looks like. */
export type ByAnswer = ReadonlyMap<string, readonly Trial[]>;

/** Trials by what an answer to them looks like; several may be waiting for the same one. */
export function indexByAnswer(trials: readonly Trial[]): ByAnswer {
  const index = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { send, target } = trial.step;
    if (send.kind !== 'arp' && send.kind !== 'reflection') continue;
    const key =
      send.kind === 'arp' ? answerKey(tapOf(send), send.senderMac, target) : frameKey(send);
    const known = index.get(key);
    if (known === undefined) index.set(key, [trial]);
    else known.push(trial);
  }
  return index;
}

/** No name of a link holds a space. */
function frameKey({ device, destination, heardAt }: ReflectionSend): string {
  return heardAt === undefined ? `${device} ${destination}` : `at ${heardAt}`;
}

/** An ARP reply is for the MAC that asked, and comes from the address that was asked for. */
export function hearAnswer(
  tap: Tap,
  { bytes }: HeardFrame,
  { byAnswer, sourceOf }: Awaited,
  atMs: number,
): void {
  const reply = readArpReply(bytes);
  if (reply === undefined) {
    const key = `${tap.device} ${readReflection(bytes, tap.source) ?? ''}`;
    for (const trial of byAnswer.get(key) ?? []) noteReply(trial, atMs);
    for (const trial of byAnswer.get(`at ${tap.device}`) ?? []) {
      const { send } = trial.step;
      const source = send.kind === 'reflection' ? sourceOf(send.device) : undefined;
      if (source !== undefined && readReflection(bytes, source) !== undefined)
        noteReply(trial, atMs);
    }
    return;
  }
  const { targetMac, senderIp, senderMac, targetIp, ethernetDestination } = reply;
  for (const trial of byAnswer.get(answerKey(tap.device, targetMac, senderIp)) ?? []) {
    if (isFor(trial, targetIp)) {
      noteReply(trial, atMs, { mac: senderMac, forIp: targetIp, ethernetDestination });
    }
  }
}

/** Where answers have to be told apart, the child's own stack must not have asked for this one. */
function isFor({ takesTurns, step: { send } }: Trial, targetIp: string): boolean {
  return takesTurns !== true || (send.kind === 'arp' && send.senderIp === targetIp);
}

/** An echo that passes the tap, or a router's word about one: seen on its way, or the answer to one that was relayed. */
export function hearEcho(
  tap: Tap,
  { bytes, isOutgoing }: HeardFrame,
  echoes: EchoBook,
  atMs: number,
): void {
  const ethernet = readEthernet(bytes);
  if (ethernet?.etherType !== ETHERTYPE_IPV4) return;
  const packet = bytes.subarray(ETHERNET_HEADER_BYTES);
  const ends = { mac: ethernet.source, ethernetDestination: ethernet.destination };
  const echo = readEcho(packet);
  if (echo !== undefined) {
    const trial = echoes.trialOf(echo);
    if (trial === undefined) return;
    noteEcho(trial, tap.device, { isOutgoing, isReply: echo.isReply, to: ethernet.destination });
    if (isOutgoing || !echo.isReply || !isRelayed(trial, echo.target)) return;
    if (echo.source === trial.step.target) noteReply(trial, atMs, ends);
    return;
  }
  const word = isOutgoing ? undefined : readEchoError(packet);
  const trial = word?.says === 'expired' ? echoes.trialOf(word.echo) : undefined;
  const ip = readIpv4(packet);
  if (trial === undefined || ip === undefined || !isRelayed(trial, ip.target)) return;
  noteReply(trial, atMs, { ...ends, expiredAt: ip.source });
}

/**
 * True when what came in for `ip` is about a packet that was handed over on behalf of `ip`. At whichever tap: every link
 * of a Linux host answers ARP for every address of it (arp_ignore in ip-sysctl.rst), so the answer takes any of them.
 */
function isRelayed({ step: { send } }: Trial, ip: string): boolean {
  return send.kind === 'relay' && send.sourceIp === ip;
}
