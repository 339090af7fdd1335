// The taps: one packet socket per link, a parent's as a rule, whatever the number of children and of rounds, since closing one takes 13 ms.
import type { ArpSend } from '../../model/observation.js';
import { inNetns, LostNetnsError } from '../host/netns.js';
import { unownedMac } from '../host/unowned-mac.js';
import {
  openPacketSocket,
  waitForFrames,
  type HeardFrame,
  type PacketSocket,
} from '../host/packet-socket.js';
import { reasonOf } from './trial.js';

export interface Tap {
  /** As {@link tapOf} names it. */
  readonly device: string;
  readonly socket: PacketSocket;
  /** Source of its reflection frames. Its own: another parent on the same LAN hears them too, and reflects nothing. */
  readonly source: string;
}

/** Where a link is: its number, and how to enter its namespace (null: where we are). */
export interface TapPlace {
  readonly ifindex: number;
  readonly netnsPath: string | null;
}

/** A tap's name: the link's, after its namespace where that is not the host's. No name of a link holds a slash. */
export function tapOf({ device, netns }: Pick<ArpSend, 'device' | 'netns'>): string {
  return netns === undefined ? device : `${netns.toString()}/${device}`;
}

export interface TapsOptions {
  /** By a tap's name. */
  readonly placeOf: (tap: string) => TapPlace | undefined;
  readonly echoId: number;
}

/** Who hears what the taps show. */
export interface Listener {
  readonly hear: (tap: Tap, frame: HeardFrame) => void;
  /** Nothing will be heard any more on any tap. */
  readonly deaf: (reason: string) => void;
}

/** How long one wait for frames lasts: so much later than its last frame a round may end, at the most. */
const WAIT_MS = 5;

export class Taps {
  readonly #options: TapsOptions;
  readonly #open = new Map<string, Tap>();
  readonly #refused = new Map<string, string>();
  readonly #admitted = new Set<string>();

  constructor(options: TapsOptions) {
    this.#options = options;
  }

  /** The open tap of a device. */
  get(device: string): Tap | undefined {
    return this.#open.get(device);
  }

  /** The tap of a device, opened when first needed, or why there is none; tried once. */
  need(device: string): Tap | string {
    const known = this.#open.get(device) ?? this.#refused.get(device);
    if (known !== undefined) return known;
    const made = this.#make(device);
    if (typeof made === 'string') this.#refused.set(device, made);
    else this.#open.set(device, made);
    return made;
  }

  /** Lets frames for a MAC that no link has in; why that cannot be had, when it cannot. */
  admit({ device, socket }: Tap, mac: string): string | undefined {
    const key = `${device} ${mac}`;
    if (this.#admitted.has(key)) return undefined;
    try {
      socket.admit(mac);
      this.#admitted.add(key);
      return undefined;
    } catch (error) {
      return `the device takes no other MAC in (${reasonOf(error)})`;
    }
  }

  #make(device: string): Tap | string {
    const place = this.#options.placeOf(device);
    if (place === undefined) return 'the link is gone';
    const { ifindex, netnsPath } = place;
    try {
      const open = (): PacketSocket => openPacketSocket(ifindex, this.#options.echoId);
      return { device, socket: inNetns(netnsPath, open), source: unownedMac() };
    } catch (error) {
      if (error instanceof LostNetnsError) throw error;
      return `a packet socket could not be opened (${reasonOf(error)})`;
    }
  }

  /** Hears all that comes from now on, nothing that came before; the answer stops it, once all has been heard. */
  listen(listener: Listener): () => Promise<void> {
    const taps = [...this.#open.values()];
    let isOpen = true;
    const listening = attend(() => isOpen, taps, listener).catch((error: unknown) => {
      listener.deaf(reasonOf(error));
    });
    return async () => {
      isOpen = false;
      await listening;
    };
  }

  /** Nobody may be listening: a descriptor must not be closed under a thread that waits for it. */
  async close(): Promise<void> {
    const taps = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(taps.map(({ socket }) => socket.close()));
  }
}

async function attend(
  isOpen: () => boolean,
  taps: readonly Tap[],
  { hear }: Listener,
): Promise<void> {
  const sockets = taps.map(({ socket }) => socket);
  for (const socket of sockets) {
    socket.drain();
    socket.countLost();
  }
  while (isOpen() && taps.length > 0) {
    const ready = new Set(await waitForFrames(sockets, WAIT_MS));
    for (const tap of taps.filter(({ socket }) => ready.has(socket))) hearAll(tap);
  }
  // What came while the last wait was being waited for.
  for (const tap of taps) hearAll(tap);

  function hearAll(tap: Tap): void {
    for (const frame of tap.socket.drain()) hear(tap, frame);
  }
}
