// What a report proposes to make in place of what was planned.

/** What to make in place of a planned network: a range in which nobody was met. */
export interface Suggestion {
  network: string;
  /** A prefix; absent where there is no suggestion. */
  ipRange?: string;
  /** `name=address`, kept for a shim of the host's. */
  auxAddress?: string;
  /** A whole shell line, for a network that flags asked for. */
  command?: string;
  /** The `networks:` part of a compose file, for one that a file asked for. */
  compose?: string;
  /** Why there is none. */
  reason?: string;
  /** How far it goes, in one sentence each. */
  notes: string[];
}
