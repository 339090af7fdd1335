// A fix plans and never acts: argv arrays in order, how to undo them, and what to write so that it outlives a reboot.
import type { ManagerId } from './platform.js';
import type { Facts } from './snapshot.js';
import type { Topology } from './topology.js';
import type { Observation } from './observation.js';

export type Risk = 'safe' | 'disruptive' | 'may-cut-access';
export type Argv = readonly [string, ...string[]];

export interface FixFile {
  readonly path: string;
  readonly content: string;
}

/** One persistent form. */
export interface Persist {
  readonly manager: ManagerId | 'systemd';
  readonly files: readonly FixFile[];
  /** What makes the manager read the files. */
  readonly commands: readonly Argv[];
}

export interface FixPlan {
  readonly steps: readonly Argv[];
  readonly undo: readonly Argv[];
  readonly persist: readonly Persist[];
  /** Sentences the user should read before pasting: what was checked, what it costs. */
  readonly notes: readonly string[];
}

/** What a planner may look at. */
export interface FixContext {
  readonly facts: Facts;
  readonly topology: Topology;
  readonly observations: readonly Observation[];
}

export interface FixMeta {
  /** kebab-case imperative, = file name. */
  readonly id: string;
  readonly title: string;
  readonly risk: Risk;
}

export interface Fix<P = unknown> {
  readonly meta: FixMeta;
  /** The plan, or one sentence saying why there is none here (it then becomes advice). */
  readonly plan: (params: P, context: FixContext) => FixPlan | { readonly impossible: string };
}

/** A finding's proposal of a fix; made by {@link DefinedFix.request} only. */
export interface Remedy {
  readonly fix: FixMeta;
  readonly plan: (context: FixContext) => FixPlan | { readonly impossible: string };
}

export interface DefinedFix<P> extends Fix<P> {
  readonly request: (params: P) => Remedy;
}

export function defineFix<P>(fix: Fix<P>): DefinedFix<P> {
  return {
    ...fix,
    request: (params) => ({ fix: fix.meta, plan: (context) => fix.plan(params, context) }),
  };
}
