// Rounds of probes over the same sockets. Within a round all steps go at once, except those that would disturb each other.
import { valueOf } from '../../model/fact.js';
import type { Netns } from '../../model/netns.js';
import type { Observation, ProbeStep } from '../../model/observation.js';
import type { Sweep, SweepStep } from '../../model/sweep.js';
import type { Host } from '../host/host.js';
import { loadRawSocket, type RawSocketModule } from '../host/icmp-socket.js';
import { netnsPath } from '../host/netns-path.js';
import { openEchoBook } from './echo-book.js';
import { forgetMiscounted, watchEchoes } from './echo-watch.js';
import { exchange, type ExchangeOptions } from './exchange.js';
import { createFrameProber } from './frame-prober.js';
import { createIcmpProber } from './icmp-prober.js';
import { createPingProber } from './ping-prober.js';
import { askPromiscuously, isPromiscuous } from './promiscuous.js';
import { sweepRanges, type SweepRound } from './sweep.js';
import { tapOf, Taps, type TapPlace } from './taps.js';
import { createTcpProber } from './tcp-prober.js';
import { newTrial, toObservation, type Prober, type Trial } from './trial.js';
import { slowestAnswer } from './yardstick.js';

export interface ProbePlace {
  readonly host: Host;
  readonly namespaces: readonly Netns[];
}

export interface ProbeRound {
  /** How long an answer may take, milliseconds. */
  readonly windowMs: number;
  readonly signal: AbortSignal;
}

export interface ProbeOutcome {
  readonly observations: readonly Observation[];
  /** What could not be used, in one sentence each. */
  readonly notes: readonly string[];
}

/** What the rounds of a run share. */
export interface ProbeSession {
  /** Sockets of the children are closed whatever happens; an abort is thrown on. */
  readonly probe: (steps: readonly ProbeStep[], round: ProbeRound) => Promise<ProbeOutcome>;
  /** Ranges one after the other, on the same taps; an abort is thrown on. */
  readonly sweep: (steps: readonly SweepStep[], round: SweepRound) => Promise<readonly Sweep[]>;
  /** Closes the parents' taps, which are kept between rounds. */
  readonly close: () => Promise<void>;
}

/** Without raw sockets each echo is a process of its own, and takes its time to start. */
const LEAST_PING_WINDOW_MS = 1500;

const NO_ADDON =
  'the optional package raw-socket is not installed (it needs a compiler): ICMP went through ping, at most 64 of them';

/** Opens nothing yet. */
export function openProbeSession(place: ProbePlace): ProbeSession {
  const echoes = openEchoBook();
  const taps = new Taps({ placeOf: (tap) => tapPlace(tap, place), echoId: echoes.id });
  const earlier: Trial[] = [];
  let ping: Prober | undefined;

  /** All of a round's sockets but the taps. */
  async function openProbers(trials: readonly Trial[], raw: RawSocketModule | undefined) {
    const paths = pathsOf(place);
    const icmp =
      raw === undefined
        ? (ping ??= await createPingProber(paths))
        : createIcmpProber(raw, paths, echoes);
    const frames = createFrameProber(trials, taps, echoes);
    if (raw !== undefined) watchEchoes(trials, taps);
    return { icmp, frames, tcp: createTcpProber(paths) };
  }

  return {
    async probe(steps, { windowMs, signal }) {
      if (steps.length === 0) return { observations: [], notes: [] };
      const trials = steps.map((step) => newTrial(step));
      const addon = await loadRawSocket();
      const raw = process.getuid?.() === 0 ? addon : undefined;
      const probers = await openProbers(trials, raw);
      try {
        await askAll(trials, taps, {
          send: (trial) => {
            proberFor(trial, probers).send(trial);
          },
          slowestMs: (like) => slowestAnswer([...earlier, ...trials], like),
          windowMs: raw === undefined ? Math.max(windowMs, LEAST_PING_WINDOW_MS) : windowMs,
          signal,
        });
      } finally {
        const { frames, icmp, tcp } = probers;
        await Promise.all([frames, icmp, tcp].map(async (prober) => prober.close()));
      }
      forgetMiscounted(trials, taps);
      earlier.push(...trials);
      const observations = trials.map((trial) => toObservation(trial));
      return { observations, notes: addon === undefined ? [NO_ADDON] : [] };
    },
    sweep: (steps, round) => sweepRanges(steps, taps, round),
    close: () => taps.close(),
  };
}

async function askAll(
  trials: readonly Trial[],
  taps: Taps,
  options: ExchangeOptions,
): Promise<void> {
  const usual = trials.filter((trial) => !isPromiscuous(trial));
  if (usual.length > 0) await exchange(usual, options);
  await askPromiscuously(trials, taps, options);
}

interface Probers {
  readonly frames: Prober;
  readonly icmp: Prober;
  readonly tcp: Prober;
}

function proberFor({ step: { send } }: Trial, { frames, icmp, tcp }: Probers): Prober {
  if (send.kind === 'icmp') return icmp;
  return send.kind === 'tcp' ? tcp : frames;
}

/** The host's links go by their bare names, and nobody has to be entered for them. */
function tapPlace(tap: string, { host, namespaces }: ProbePlace): TapPlace | undefined {
  for (const netns of namespaces) {
    const link = valueOf(netns.content)?.links.find(
      ({ ifname: device }) =>
        tapOf({ device, netns: netns.inode }) === tap || (netns.isHost && device === tap),
    );
    const path = netns.isHost ? null : netnsPath(host.files, netns);
    if (link !== undefined && path !== undefined) return { ifindex: link.ifindex, netnsPath: path };
  }
  return undefined;
}

/** How to enter each namespace again; one whose paths lead elsewhere by now is left out. */
function pathsOf({ host, namespaces }: ProbePlace): ReadonlyMap<number, string | null> {
  const paths = namespaces.map((netns) => [netns.inode, netnsPath(host.files, netns)] as const);
  return new Map(paths.flatMap(([inode, path]) => (path === undefined ? [] : [[inode, path]])));
}
