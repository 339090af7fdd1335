// In which namespaces it is worth asking who listens and what is filtered: where an answer was missing.
import type { SoFar } from './follow-up.js';

/** Inodes, without repeats. */
export function namespacesToLookInto(_soFar: SoFar): number[] {
  return [];
}
