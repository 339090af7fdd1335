// What is known about the machine, and why something is not: a Fact is the project's only Result type.

/** The answer of one look at the machine. `reason` is one clause in plain words, fit for a report. */
export type Fact<T> =
  | { readonly state: 'known'; readonly value: T }
  /** Looked; the thing does not exist here (no Docker, no wireless). */
  | { readonly state: 'absent'; readonly reason: string }
  /** A capability or a tool was lacking. */
  | { readonly state: 'denied'; readonly reason: string }
  /** Looked, and the look went wrong (timeout, unreadable answer). */
  | { readonly state: 'failed'; readonly reason: string }
  /** Chose not to look (a flag, a budget). */
  | { readonly state: 'skipped'; readonly reason: string };

/** The ways of not knowing. */
export type UnknownState = Exclude<Fact<never>['state'], 'known'>;

/** A look that saw something. */
export function known<T>(value: T): Fact<T> {
  return { state: 'known', value };
}

/** A look that saw nothing; `reason` is one clause without a full stop. */
export function unknown(state: UnknownState, reason: string): Fact<never> {
  return { state, reason };
}

/** The value when it is known, else undefined: for readers to which "not known" and "nothing" are the same. */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.state === 'known' ? fact.value : undefined;
}
