// The shape of a check: one file, one bad state, pure and total.
import type { Evaluation, Finding } from './finding.js';
import type { Observation } from './observation.js';
import type { Expectation, FactKey, Facts, FactTypes, Scope } from './snapshot.js';
import type { Topology } from './topology.js';

/** In the order a packet meets them; also the order of the report. */
export const CATEGORIES = [
  'host',
  'parent',
  'macvlan',
  'shim',
  'address',
  'neighbour',
  'filter',
  'upstream',
  'runtime',
] as const;
/** One of {@link CATEGORIES}. */
export type Category = (typeof CATEGORIES)[number];

/** What a check is, apart from what it does: the list of checks and their pages are made from this. */
export interface CheckMeta<Need extends FactKey = FactKey> {
  /** kebab-case, named for the bad state, = file name, = page of `explain`. */
  readonly id: string;
  /** Where on a packet's way it looks. */
  readonly category: Category;
  /** What it reports when found: `fail` is broken now; `warn` will break, breaks some traffic, or is legal and surprising. */
  readonly severity: 'fail' | 'warn';
  /** What is the case, in a few words: when all is well, and when something was found. */
  readonly title: { readonly pass: string; readonly found: string };
  /** Facts without which nothing can be said; handed to `evaluate` as values. */
  readonly needs: readonly Need[];
  /** Causes: where one of these is found on the same subject, or on something it is within, this stays quiet. */
  readonly dependsOn: readonly string[];
  /** Expectation under which a `warn` becomes a `fail`. */
  readonly failsUnder?: Expectation;
  readonly docs: {
    /** The page: what it is, why it happens, what does not help. Paragraphs separated by empty lines. */
    readonly explain: string;
    /** Where it can be looked up: man pages, kernel files, RFCs, vendors' documents, by name. */
    readonly references: readonly string[];
  };
}

/** What a check may look at besides the facts that it needs. */
export interface CheckContext {
  readonly topology: Topology;
  readonly observations: readonly Observation[];
  /** Why there are no observations, or undefined when probes ran. */
  readonly notProbed?: string;
  /** Every fact, known or not: for what a check can use but does not need. */
  readonly facts: Facts;
  readonly scope: Scope;
  /** What the user says must work. */
  readonly expectations: readonly Expectation[];
}

/** What one message says, in whole sentences; names from outside go in as they are, the engine makes them printable. */
export interface Wording {
  /** What is the case. */
  readonly what: string;
  /** Why it breaks things. */
  readonly why: string;
  /** What to do, in a sentence; the commands come from the fixes. */
  readonly todo: string;
}

type MessageMap = Readonly<Record<string, (data: never) => Wording>>;
type FindingOf<M extends MessageMap> = {
  [Code in keyof M & string]: Finding<Code, Parameters<M[Code]>[0]>;
}[keyof M & string];

/** A check as its file writes it; see {@link defineCheck}. */
export interface CheckDefinition<Need extends FactKey, M extends MessageMap> {
  readonly meta: CheckMeta<Need>;
  readonly messages: M;
  readonly evaluate: (
    facts: { readonly [K in Need]: FactTypes[K] },
    context: CheckContext,
  ) => Evaluation<FindingOf<M>>;
}

/** A check with its types erased, as the registry and the engine hold it. */
export interface Check {
  readonly meta: CheckMeta;
  readonly messages: Readonly<Record<string, (data: unknown) => Wording>>;
  readonly evaluate: (facts: Partial<FactTypes>, context: CheckContext) => Evaluation<Finding>;
}

/** Types a check from its own parts: codes, their data and the facts it may read are all compile-time facts. */
export function defineCheck<const Need extends FactKey, M extends MessageMap>(
  definition: CheckDefinition<Need, M>,
): Check {
  return definition as unknown as Check;
}
