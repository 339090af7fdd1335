// What a lab scenario is: a LAN to build, a fault to stage in it, and what the doctor must then say. All of it data.
import type { Family } from '../../model/address.js';
import type { SubjectKind } from '../../model/finding.js';
import type { MacvlanMode } from '../../model/link.js';

/** The LAN in broad strokes; names, addresses and numbers are drawn from a seed (plan.ts). */
export interface LanSketch {
  /** Mode of every child. */
  readonly mode: MacvlanMode;
  /** Fewest and most children on the parent; two to four unless told. */
  readonly children?: readonly [number, number];
  /** The switch sends a frame back out of the parent's port when that is where its destination lives (hairpin). */
  readonly switchReflects?: boolean;
  /** The parent is a Linux bridge of the host, and the NIC is a port of it. */
  readonly parentIsBridge?: boolean;
  /** The parent carries no address: the host's own network is on another NIC. */
  readonly isUnnumbered?: boolean;
  /** The host has a shim, set up right. */
  readonly hasShim?: boolean;
  /** Family of the children's addresses: `inet` unless told. The host has IPv4 in any case. */
  readonly family?: Family;
  readonly routerIgnoresPing?: boolean;
  /** The router answers with a virtual MAC (VRRP, RFC 9568), as a redundant pair does. */
  readonly isRouterVirtual?: boolean;
  /** A second NIC of the host is a parent as well, with children of its own. */
  readonly second?: SecondSketch;
}

/** The second NIC and what hangs on it: a LAN of its own with a router and devices. */
export interface SecondSketch {
  readonly mode: MacvlanMode;
  /** One or two unless told. */
  readonly children?: readonly [number, number];
  readonly switchReflects?: boolean;
  readonly hasShim?: boolean;
  /** Plugged into the first LAN's switch, with addresses out of its subnet; its router is the LAN's second one. */
  readonly isOnFirstLan?: boolean;
  readonly isUnnumbered?: boolean;
}

/**
 * Where a step happens. `first` and `second` are children, `children` is each of them in turn; what begins with `lan2`
 * belongs to the second parent.
 */
export type StepPlace =
  | 'host'
  | 'switch'
  | 'router'
  | 'device'
  | 'first'
  | 'second'
  | 'children'
  | 'lan2-router'
  | 'lan2-first'
  | 'lan2-children';

/**
 * One command of a fault. `{word}` stands for a name or an address of the LAN that was built (words.ts). Spaces
 * separate arguments; no shell ever sees it.
 */
export type Step =
  /** Arguments of `ip`. */
  | { readonly in: StepPlace; readonly ip: string }
  /** Arguments of `bridge`. */
  | { readonly in: StepPlace; readonly bridge: string }
  /** Arguments of `tc`. */
  | { readonly in: StepPlace; readonly tc: string }
  /** Commands of `nft`, separated by semicolons. */
  | { readonly in: StepPlace; readonly nft: string }
  | { readonly in: StepPlace; readonly sysctl: string; readonly value: string }
  /** A file of the host's `/etc`, seen only inside the host's namespace (ip-netns(8)). Needs root. */
  | { readonly in: 'host'; readonly etc: string; readonly content: string };

/** A result that the report must hold. */
export interface Expected {
  readonly check: string;
  readonly status: 'warn' | 'fail';
  readonly subject?: SubjectKind;
}

export interface Scenario {
  /** kebab-case, = file name. A sick one is named for the check or the story; a healthy one starts with `healthy-`. */
  readonly id: string;
  readonly title: string;
  /** Two or three sentences: how people get here and what they notice. */
  readonly story: string;
  readonly lan: LanSketch;
  /** What is staged: a fault, or in a healthy LAN what looks odd and is not. Empty where the LAN itself says it all. */
  readonly fault: readonly Step[];
  /** Every check that must warn or fail; empty for a healthy LAN. */
  readonly expect: readonly Expected[];
  /** Checks that warn on this LAN with or without the fault: what is legal and surprising. */
  readonly byDesign: readonly string[];
  /** Checks that may warn or fail along with the fault, being true of it as well. */
  readonly mayAlso?: readonly string[];
  /** Id of the healthy scenario to compare with; without it, the same LAN without the fault. */
  readonly twin?: string;
}

/** The healthy LAN to hold against a sick one. */
export function healthyTwin(scenario: Scenario, all: readonly Scenario[]): Scenario {
  const named = all.find(({ id }) => id === scenario.twin);
  return named ?? { ...scenario, fault: [], expect: [], mayAlso: [] };
}

/** Types a scenario where it is written. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
