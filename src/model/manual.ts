// What the manual knows besides checks: messages of other programs, what they mean, and subjects that no check looks at.

/** Whose message it is: the word that people put before it in a search engine. */
export const SPEAKERS = [
  'Docker',
  'kernel',
  'iproute2',
  'Podman',
  'CNI',
  'Incus',
  'libvirt',
  // A program in a container image that runs a virtual machine.
  'image',
] as const;
/** One of {@link SPEAKERS}. */
export type Speaker = (typeof SPEAKERS)[number];

/**
 * A message of another program, in all its wordings. `{name}` in a wording stands for one word that differs from host to host, and
 * `{name*}` for any number of them; `{name}` elsewhere in the entry stands for what was found there.
 */
export interface KnownMessage {
  readonly wordings: readonly string[];
  readonly saidBy: Speaker;
  /** In one sentence or two. */
  readonly means: string;
  /** Ids of checks and topics; where there are several, each may be the reason. */
  readonly about: readonly string[];
  /** What to run next, as argv. */
  readonly next: readonly (readonly string[])[];
  /** What does not help, popular as it may be. */
  readonly vain: string;
}

/** A page of its own for what no check looks at. */
export interface Topic {
  /** As a check's: kebab-case; no topic has the id of a check. */
  readonly id: string;
  readonly title: string;
  /** Paragraphs separated by empty lines. */
  readonly explain: string;
  readonly next: readonly (readonly string[])[];
  readonly vain: string;
  readonly references: readonly string[];
}

/** A page, whoever prints it: the same words in a browser and on a terminal. Backticks mark what is typed or printed. */
export interface Page {
  readonly id: string;
  readonly lead: string;
  /** One whose lines begin with four spaces is shown as it is. */
  readonly paragraphs: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  readonly items: readonly Item[];
}

/** A line of a list: a text, something that is written like this, a command, or another page by its id. */
export interface Item {
  readonly kind: 'text' | 'literal' | 'command' | 'page';
  readonly text: string;
}

/** A page as a list shows it. */
export interface Entry {
  readonly id: string;
  readonly title: string;
}

/** Pages under one heading. */
export interface PageGroup {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** A message that was recognised, ready to be shown. */
export interface ExplainedMessage {
  /** With what was found in the places of its wording. */
  readonly message: string;
  readonly saidBy: Speaker;
  /** What was asked about is only a piece of it, and may be one of another message. */
  readonly isPiece: boolean;
  /** What differs from host to host, as it was found. */
  readonly found: Readonly<Record<string, string>>;
  readonly means: string;
  readonly about: readonly Entry[];
  /** Shell lines. */
  readonly next: readonly string[];
  readonly vain: string;
}
