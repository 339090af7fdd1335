// Facts before anybody has looked: each says that nobody has.
import { unknown } from '../../model/fact.js';
import { NOTHING_PLANNED } from '../../model/plan.js';
import type { Facts } from '../../model/snapshot.js';

const LATER = unknown('skipped', 'not read in this run');
export const NOT_GATHERED: Facts = {
  platform: LATER,
  namespaces: LATER,
  fdb: LATER,
  wireless: LATER,
  macvlanSupport: LATER,
  runtime: LATER,
  persistentConfig: LATER,
  routeLookups: LATER,
  neighboursAfter: LATER,
  machine: LATER,
  nics: LATER,
  neighbourTable: LATER,
  neighbourTableAfter: LATER,
  traffic: LATER,
  services: LATER,
  filters: LATER,
  resolvers: LATER,
  plan: NOTHING_PLANNED,
  sweeps: NOTHING_PLANNED,
};
