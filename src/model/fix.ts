// A fix plans and never acts: argv arrays in order, how to undo them, and what to write so that it outlives a reboot.
import type { ManagerId } from './platform.js';
import type { Facts } from './snapshot.js';
import type { Topology } from './topology.js';
import type { Observation } from './observation.js';

/** What running it may cost: nothing, traffic for a moment, or the very connection that the reader sits on. */
export type Risk = 'safe' | 'disruptive' | 'may-cut-access';
/** A command as execve(2) takes it, program first; quoting is the engine's business. */
export type Argv = readonly [string, ...string[]];

/** A file to write whole; the path is absolute. */
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

/** An option of something that is made anew: what it was, and what it is to be. */
export interface FixChange {
  /** As the command line has it: `--gateway`, `-o parent`. */
  readonly option: string;
  /** Absent where the option is new. */
  readonly from?: string;
  /** Absent where the option goes. */
  readonly to?: string;
  /** The word of the steps that says so: `--gateway=192.0.2.1`, `parent=eth0`. */
  readonly word?: string;
}

/** What to do on this very host. */
export interface FixPlan {
  /** Run as root on the host, in this order. */
  readonly steps: readonly Argv[];
  /** Takes the steps back, in this order. */
  readonly undo: readonly Argv[];
  /** Ways to keep it over a reboot, the likeliest first; one of them is enough. */
  readonly persist: readonly Persist[];
  /** Sentences the user should read before pasting: what was checked, what it costs. */
  readonly notes: readonly string[];
  /** What differs, where something is made anew. */
  readonly changes?: readonly FixChange[];
  /** For who has a compose file make it: the part to put there, with a comment on each line that differs. */
  readonly compose?: string;
}

/** What a planner may look at. */
export interface FixContext {
  readonly facts: Facts;
  readonly topology: Topology;
  readonly observations: readonly Observation[];
}

/** What a fix is, apart from what it does. */
export interface FixMeta {
  /** kebab-case imperative, = file name. */
  readonly id: string;
  /** What it does, in the imperative. */
  readonly title: string;
  /** The worst that its steps can do, whatever the parameters. */
  readonly risk: Risk;
}

/** A recipe: parameters and a host in, commands out. Pure. */
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

/** A fix with the means to propose it. */
export interface DefinedFix<P> extends Fix<P> {
  readonly request: (params: P) => Remedy;
}

/** Binds a fix to its {@link DefinedFix.request}. */
export function defineFix<P>(fix: Fix<P>): DefinedFix<P> {
  return {
    ...fix,
    request: (params) => ({ fix: fix.meta, plan: (context) => fix.plan(params, context) }),
  };
}
