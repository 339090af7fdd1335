// Trials whose answers look the same: an ARP reply names the sender that was asked for, not the frame that asked.
import { tapOf } from './taps.js';
import type { Trial } from './trial.js';

/** What an answer to an ARP request looks like: for whom, and from which address. */
export function answerKey(device: string, asker: string, target: string): string {
  return `${device} ${asker} ${target}`;
}

/** Trials of one question are sent alike, and what answers one of them answers all. */
export type Question = readonly Trial[];

/** Questions that have to be asked in turn, so that each answer has one question that it can belong to. */
export type Lane = readonly Question[];

export interface Sorted {
  /** Told apart by their answers: they go all at once. */
  readonly plain: readonly Trial[];
  readonly lanes: readonly Lane[];
}

export function sortAlike(trials: readonly Trial[]): Sorted {
  const lanes = grouped(trials, keyOf)
    .map((alike) => questionsOf(alike))
    .filter((questions) => questions.length > 1);
  const inLanes = new Set(lanes.flat().flat());
  return { plain: trials.filter((trial) => !inLanes.has(trial)), lanes };
}

function keyOf({ step: { send, target } }: Trial): string | undefined {
  return send.kind === 'arp' ? answerKey(tapOf(send), send.senderMac, target) : undefined;
}

/** What is most likely to be answered comes first: how long that takes tells how long to wait for the others. */
function questionsOf(alike: readonly Trial[]): Question[] {
  const questions = grouped(alike, ({ step: { send } }) =>
    send.kind === 'arp' ? `${send.ethernetSource} ${(send.bytes ?? 0).toString()}` : undefined,
  );
  return questions.toSorted((a, b) => oddness(a) - oddness(b));
}

/** Those with the same key together, in order of appearance; those without a key are left out. */
function grouped(trials: readonly Trial[], key: (trial: Trial) => string | undefined): Trial[][] {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const name = key(trial);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [trial]);
    else group.push(trial);
  }
  return [...groups.values()];
}

function oddness([first]: Question): number {
  if (first?.step.send.kind !== 'arp') return 0;
  return first.step.send.ethernetSource === first.step.send.senderMac ? 0 : 1;
}
