// Plans for tests, said in a line: a macvlan network on eth0, and whoever is to be run on it.
import { planOfFlags, type CreateFlags } from '../../src/core/plan/plan-of-flags.js';
import type { Plan } from '../../src/model/plan.js';

const FLAGS: CreateFlags = {
  name: 'lan',
  driver: 'macvlan',
  parent: 'eth0',
  subnets: ['192.0.2.0/24'],
  gateways: ['192.0.2.1'],
  ipRanges: ['192.0.2.192/27'],
  auxAddresses: [],
  options: [],
  isInternal: false,
  hasIpv6: false,
};

/** The n-th MAC that is drawn in a test: `02:00:00:00:00:01`. */
function trialMacs(): () => string {
  let drawn = 0;
  return () => {
    drawn += 1;
    return `02:00:00:00:00:${drawn.toString(16).padStart(2, '0')}`;
  };
}

export function aPlan(flags: Partial<CreateFlags> = {}, ...ips: readonly string[]): Plan {
  return planOfFlags({ ...FLAGS, ...flags }, { ips, newMac: trialMacs() });
}
