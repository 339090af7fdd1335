// Where things are in a bundle, and how large they may be.
import type { BundleLimits } from '../../model/bundle.js';

const MIB = 1024 * 1024;

/** The only input of another analysis. */
export const FACTS_PATH = 'facts/snapshot.json';
export const MANIFEST_PATH = 'manifest.json';

/** What is written: many trackers take attachments of ten megabytes at the most. */
export const WRITE_LIMITS: BundleLimits = {
  packedBytes: 10 * 1000 * 1000,
  factsBytes: 8 * MIB,
  fileBytes: 4 * MIB,
};

/** What is read from strangers: somewhat more than any bundle needs, and little enough for a small machine. */
export const READ_LIMITS = {
  packedBytes: 16 * MIB,
  unpackedBytes: 64 * MIB,
  /** Times that the unpacked bytes may outnumber the packed ones, once there are more of them than `freeBytes`. */
  ratio: 200,
  freeBytes: 8 * MIB,
  entries: 2000,
  /** Of the facts, in a bundle or alone. */
  factsBytes: 8 * MIB,
};
