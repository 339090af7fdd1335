// Which range, gateway and reserved address belongs to which subnet: the docker client sorts that out itself, or refuses to.
import type { PlannedPool } from '../../model/plan.js';
import { contains, overlaps } from '../derive/addressing/subnets.js';

export interface IpamFlags {
  readonly subnets: readonly string[];
  readonly gateways: readonly string[];
  readonly ipRanges: readonly string[];
  /** `name=address`. */
  readonly auxAddresses: readonly string[];
}

export interface Consolidated {
  readonly pools: readonly PlannedPool[];
  readonly clientSays?: string;
}

interface Draft {
  readonly subnet: string;
  ipRange?: string;
  gateway?: string;
  readonly auxAddresses: Record<string, string>;
}

class Refused extends Error {}

/** The same order of looking, and the same words, as docker/cli's consolidateIpam. */
export function consolidated(flags: IpamFlags): Consolidated {
  const drafts: Draft[] = flags.subnets.map((subnet) => ({ subnet, auxAddresses: {} }));
  try {
    assign(flags, drafts);
    return { pools: drafts };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { pools: drafts, clientSays: error.message };
  }
}

function assign({ subnets, gateways, ipRanges, auxAddresses }: IpamFlags, drafts: Draft[]): void {
  if (subnets.length < ipRanges.length || subnets.length < gateways.length) {
    throw new Refused('every ip-range or gateway must have a corresponding subnet');
  }
  refuseOverlaps(subnets);
  for (const range of ipRanges) {
    const draft = holderOf(range, drafts);
    if (draft === undefined) throw new Refused(`no matching subnet for range ${range}`);
    if (draft.ipRange !== undefined) {
      throw new Refused(
        `cannot configure multiple ranges (${range}, ${draft.ipRange}) on the same subnet (${draft.subnet})`,
      );
    }
    draft.ipRange = range;
  }
  for (const gateway of gateways) {
    const draft = holderOf(gateway, drafts);
    if (draft === undefined) throw new Refused(`no matching subnet for gateway ${gateway}`);
    if (draft.gateway !== undefined) {
      throw new Refused(
        `cannot configure multiple gateways (${gateway}, ${draft.gateway}) for the same subnet (${draft.subnet})`,
      );
    }
    draft.gateway = gateway;
  }
  for (const [name, address] of auxAddresses.map((text) => pairOf(text))) {
    const draft = holderOf(address, drafts);
    if (draft === undefined) throw new Refused(`no matching subnet for aux-address ${address}`);
    draft.auxAddresses[name] = address;
  }
}

function refuseOverlaps(subnets: readonly string[]): void {
  for (const [index, subnet] of subnets.entries()) {
    if (subnets.slice(0, index).some((other) => overlaps(other, subnet))) {
      throw new Refused('multiple overlapping subnet configuration is not supported');
    }
  }
}

function holderOf(text: string, drafts: readonly Draft[]): Draft | undefined {
  const [ip = ''] = text.split('/');
  return drafts.find(({ subnet }) => contains(subnet, ip));
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
