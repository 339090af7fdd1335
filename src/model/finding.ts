// What a check says: an answer of its own, or a list of findings. No prose here; prose comes from the check's messages.
import type { Remedy } from './fix.js';

/** What findings can be about. */
export const SUBJECT_KINDS = [
  'host',
  'parent',
  'child',
  'shim',
  'network',
  'container',
  'gateway',
  'lan',
] as const;
/** One of {@link SUBJECT_KINDS}. */
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What a result is about. */
export interface Subject {
  readonly kind: SubjectKind;
  /** Unique within its kind: ifname, child's subject name, network's name, IP address; `host` for the host. */
  readonly name: string;
}

/** The machine as a whole: what no single link is to blame for. Everything is within it. */
export const HOST: Subject = { kind: 'host', name: 'host' };

/** One thing that was seen, and from where. */
export interface Evidence {
  /** `links`, `routes`, `neighbours`, `docker`, `probe:gateway-arp-child`, … */
  readonly from: string;
  /** A sentence that quotes what was seen, with numbers. */
  readonly says: string;
}

/** One instance of a check's bad state. */
export interface Finding<Code extends string = string, Data = unknown> {
  /** Which of the check's messages it takes; stable, users script against it. */
  readonly code: Code;
  readonly subject: Subject;
  /** What that message needs to know. */
  readonly data: Data;
  readonly evidence: readonly Evidence[];
  /** Larger things that the subject is part of (a child's parent and network): a cause there explains this too. */
  readonly within?: readonly Subject[];
  /** Smaller things that it is about all at once (the children that a gateway is silent to): causes explain it only on each. */
  readonly parts?: readonly Subject[];
  /** Others that it is about just as much (the second of two owners): symptoms there are explained as well. */
  readonly also?: readonly Subject[];
  /** Overrides the check's own severity, where the contract knows two. */
  readonly severity?: 'fail' | 'warn';
  readonly remedies?: readonly Remedy[];
  /** For what no command on this host can cure. */
  readonly advice?: readonly string[];
}

/** Something about one subject that could not be decided, and how to decide it. */
export interface Undecided {
  readonly subject: Subject;
  readonly reason: string;
  readonly within?: readonly Subject[];
  readonly parts?: readonly Subject[];
}

/** A check's answer: there is nothing for it to be about, or a list, empty when all is well. */
export type Evaluation<F> =
  | { readonly notApplicable: string }
  | { readonly findings: readonly F[]; readonly undetermined?: readonly Undecided[] };
