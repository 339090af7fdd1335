// Containers that are to be run on a network which flags name.
import type { PlannedContainer, Words } from '../../model/plan.js';
import { isIpv4 } from '../derive/addressing/subnets.js';

/** What is run on it. */
export interface RunFlags {
  readonly ips: readonly string[];
  /** A locally administered MAC that nobody owns, another one each time. */
  readonly newMac: () => string;
}

/** One for each address that is asked for; without any, one that takes what the engine gives. */
export function containersOn(network: string, { ips, newMac }: RunFlags): PlannedContainer[] {
  if (ips.length === 0) {
    const words: Words = { path: '' };
    const endpoints = [{ network, trialMac: newMac(), words }];
    return [{ ...EMPTY, name: `a container on ${network}`, isNamed: false, endpoints }];
  }
  return ips.map((ip, index) => {
    const times = ips.slice(0, index).filter((one) => one === ip).length;
    const asked = isIpv4(ip) || !ip.includes(':') ? { ipv4: ip } : { ipv6: ip };
    const endpoint = { network, ...asked, trialMac: newMac(), words: { path: '--ip' } };
    const name = `${times === 0 ? 'a container' : `container ${(times + 1).toString()}`} at ${ip}`;
    return { ...EMPTY, name, isNamed: false, endpoints: [endpoint] };
  });
}

const EMPTY = { published: [], dns: [] } as const;
