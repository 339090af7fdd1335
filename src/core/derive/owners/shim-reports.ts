// What is said of a shim's address that is somebody else's, or will be.
import type { CheckContext } from '../../../model/check.js';
import type { Parent } from '../../../model/topology.js';
import { aboutChild, aboutShim } from '../wording/victims.js';
import { findByMac } from './another-address.js';
import type { SharedWithShim } from './contested.js';
import { controlEvidence } from './duplicate-reports.js';
import type { Awaited, Endangered } from './hand-out.js';
import { whoseMac } from './links-here.js';
import type { ShimRival } from './shim-owners.js';

export function reportChildren(ones: readonly SharedWithShim[]) {
  const [{ shim, ip }] = ones as readonly [SharedWithShim, ...SharedWithShim[]];
  return {
    code: 'child' as const,
    ...aboutShim(shim),
    also: ones.map(({ child }) => aboutChild(child).subject),
    data: { shim: shim.name, ip, owners: ones.map(({ child }) => child.label) },
    evidence: ones.map(({ child }) => ({
      from: 'addresses',
      says: `${ip} stands on ${shim.name} (${shim.mac}) and on ${child.link.ifname} of ${child.label} (${child.mac}).`,
    })),
    advice: [],
  };
}

export function reportStranger(
  { shim, ip, mac, rttMs }: ShimRival,
  parent: Parent,
  context: CheckContext,
) {
  const name = whoseMac(mac, context);
  return {
    code: 'lan' as const,
    ...aboutShim(shim),
    data: { shim: shim.name, ip, owners: [name === '' ? mac : `${mac} (${name})`] },
    evidence: [
      {
        from: 'probe:shim-address-arp',
        says: `asked for by ${parent.name}, ${ip} was answered by ${mac} in ${rttMs.toFixed(1)} ms; ${shim.name} has ${shim.mac}, and does not hear ${parent.name}.`,
      },
      ...controlEvidence(parent, [mac], context),
    ],
    advice: [findByMac([mac])],
  };
}

export function reportAwaited({ shim, ip, container }: Awaited) {
  return {
    code: 'awaited' as const,
    severity: 'warn' as const,
    ...aboutShim(shim),
    data: { shim: shim.name, ip, owners: [container] },
    evidence: [
      {
        from: 'runtime',
        says: `container ${container}, which does not run, has ${ip}; so has ${shim.name}.`,
      },
    ],
    advice: [],
  };
}

export function reportEndangered({ shim, ip, network, pool, turn }: Endangered) {
  const range = pool.ipRange === undefined ? `the whole of ${pool.subnet}` : pool.ipRange;
  return {
    code: 'reserved-nowhere' as const,
    severity: 'warn' as const,
    ...aboutShim(shim),
    data: { shim: shim.name, ip, network: network.name, turn },
    evidence: [
      {
        from: 'runtime',
        says: `network ${network.name} hands out ${range}, without an aux-address for ${ip}.`,
      },
    ],
    advice: [],
  };
}
