// Every check, sorted by id. Written by `npm run gen:registry`; edits are lost.
import type { Check } from '../../model/check.js';

export const checks: readonly Check[] = [];
