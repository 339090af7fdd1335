// A run about a plan is about its networks alone, those among them that turn out to be missing included.
import type { Plan } from '../../model/plan.js';
import type { Scope } from '../../model/snapshot.js';

export function scopeOfPlan({ networks }: Plan): Scope {
  return { parents: [], networks: networks.map(({ name }) => name), containers: [] };
}
