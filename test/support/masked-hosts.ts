// Generated hosts for the law of stand-ins: sick ones and sound ones, moved to addresses and names as they are met.
import fc from 'fast-check';
import type { Snapshot } from '../../src/model/snapshot.js';
import { anySnapshot, soundSnapshot } from './any-snapshot.js';
import { anyHome, moved } from './moved-snapshot.js';

export const anyHost: fc.Arbitrary<Snapshot> = fc
  .tuple(fc.oneof(anySnapshot, soundSnapshot), anyHome)
  .map(([snapshot, home]) => moved(snapshot, home));
