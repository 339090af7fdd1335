// All steps at once, in one window: what answers early ends it early, and nothing adds up.
import { setTimeout as sleep } from 'node:timers/promises';
import { isSettled, SEND_AT, SENDS_EXPECTING_SILENCE } from '../../core/derive/probing/patience.js';
import { hostLinks, type Netns } from '../../model/netns.js';
import type { Observation, ProbeStep } from '../../model/observation.js';
import type { Host } from '../host/host.js';
import { loadRawSocket } from '../host/icmp-socket.js';
import { netnsPath } from '../host/netns-path.js';
import { createFrameProber } from './frame-prober.js';
import { createIcmpProber } from './icmp-prober.js';
import { createPingProber } from './ping-prober.js';
import { isOver, newTrial, toObservation, type Prober, type Trial } from './trial.js';

export interface ProbeRun {
  readonly host: Host;
  readonly namespaces: readonly Netns[];
  /** How long an answer may take, milliseconds, for the whole run. */
  readonly windowMs: number;
  readonly signal: AbortSignal;
}

export interface ProbeOutcome {
  readonly observations: readonly Observation[];
  /** What could not be used, in one sentence each. */
  readonly notes: readonly string[];
}

/** A burst of this many frames, then a breath: some 16,000 a second at the most, for a few milliseconds. */
const BURST = 32;
const BREATH_MS = 2;

/** Without raw sockets each echo is a process of its own, and takes its time to start. */
const LEAST_PING_WINDOW_MS = 1500;

/** Sockets are closed whatever happens; an abort is thrown on. */
export async function runProbes(steps: readonly ProbeStep[], run: ProbeRun): Promise<ProbeOutcome> {
  const trials = steps.map((step) => newTrial(step));
  if (trials.length === 0) return { observations: [], notes: [] };
  const paths = pathsOf(run);
  const raw = await loadRawSocket();
  const canUseRaw = raw !== undefined && process.getuid?.() === 0;
  const icmp = canUseRaw ? createIcmpProber(raw, paths) : await createPingProber(paths);
  const frames = createFrameProber(trials, (device) => ifindexOf(run.namespaces, device));
  const windowMs = canUseRaw ? run.windowMs : Math.max(run.windowMs, LEAST_PING_WINDOW_MS);
  try {
    await exchange(trials, { frames, icmp }, { windowMs, signal: run.signal });
  } finally {
    await Promise.all([frames.close(), icmp.close()]);
  }
  return {
    observations: trials.map((trial) => toObservation(trial)),
    notes: raw === undefined ? [NO_ADDON] : [],
  };
}

const NO_ADDON =
  'the optional package raw-socket is not installed (it needs a compiler): ICMP went through ping, at most 64 of them';

interface Probers {
  readonly frames: Prober;
  readonly icmp: Prober;
}

async function exchange(
  trials: readonly Trial[],
  probers: Probers,
  { windowMs, signal }: { readonly windowMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  for (const [round, at] of SEND_AT.entries()) {
    await until(at * windowMs);
    if (settled()) return;
    signal.throwIfAborted();
    await transmit(
      trials.filter((trial) => isDue(trial, round)),
      probers,
      signal,
    );
  }
  await until(windowMs);

  async function until(targetMs: number): Promise<void> {
    while (elapsedMs() < targetMs && !settled()) {
      await sleep(BREATH_MS * 2, undefined, { signal });
    }
  }

  function settled(): boolean {
    if (!trials.every((trial) => trial.sent > 0 || trial.error !== undefined)) return false;
    const waiting = trials.map((trial) => ({
      parent: trial.step.parent,
      expect: trial.step.expect,
      rttMs: trial.replies[0]?.rttMs,
      isHopeless: trial.error !== undefined,
    }));
    return isSettled(waiting, elapsedMs());
  }
}

function isDue(trial: Trial, round: number): boolean {
  return !isOver(trial) && (trial.step.expect === 'answer' || round < SENDS_EXPECTING_SILENCE);
}

async function transmit(
  trials: readonly Trial[],
  { frames, icmp }: Probers,
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; at < trials.length; at += BURST) {
    if (at > 0) await sleep(BREATH_MS, undefined, { signal });
    for (const trial of trials.slice(at, at + BURST)) {
      (trial.step.send.kind === 'icmp' ? icmp : frames).send(trial);
    }
  }
}

function ifindexOf(namespaces: readonly Netns[], device: string): number | undefined {
  return hostLinks(namespaces)?.find((link) => link.ifname === device)?.ifindex;
}

/** How to enter each namespace again; one whose paths lead elsewhere by now is left out. */
function pathsOf({ host, namespaces }: ProbeRun): ReadonlyMap<number, string | null> {
  const paths = namespaces.map((netns) => [netns.inode, netnsPath(host.files, netns)] as const);
  return new Map(paths.flatMap(([inode, path]) => (path === undefined ? [] : [[inode, path]])));
}
