// Every lab scenario, sorted by id. Written by `npm run gen:registry`; edits are lost.
import type { Scenario } from '../scenario.js';

export const scenarios: readonly Scenario[] = [];
