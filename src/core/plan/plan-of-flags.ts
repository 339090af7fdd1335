// The flags of `docker network create` and `docker run`, as a plan. Odd values stay: what the engine says to them is the answer.
import type { Plan, PlannedContainer, PlannedNetwork, Words } from '../../model/plan.js';
import { isIpv4 } from '../derive/addressing/subnets.js';
import { consolidated, type IpamFlags } from './ipam-flags.js';

/** As typed; lists in their order. */
export interface CreateFlags extends IpamFlags {
  readonly name: string;
  readonly driver: string;
  readonly parent?: string;
  readonly mode?: string;
  /** `-o key=value`. */
  readonly options: readonly string[];
  readonly isInternal: boolean;
  readonly hasIpv6: boolean;
}

/** What is run on it. */
export interface RunFlags {
  readonly ips: readonly string[];
  /** A locally administered MAC that nobody owns, another one each time. */
  readonly newMac: () => string;
}

export function planOfFlags(create: CreateFlags, run: RunFlags): Plan {
  const network = networkOf(create);
  return {
    reader: 'flags',
    networks: [network],
    containers: containersOn(network, run),
    notes: [],
  };
}

function networkOf(flags: CreateFlags): PlannedNetwork {
  const { name, driver, parent, mode, isInternal, hasIpv6 } = flags;
  const { pools, clientSays } = consolidated(flags);
  const options = Object.fromEntries(flags.options.map((text) => optionOf(text)));
  return {
    name,
    driver,
    isExternal: false,
    isInternal,
    hasIpv6,
    isAttachable: false,
    options: {
      ...options,
      ...(parent !== undefined && { parent }),
      ...(mode !== undefined && { [`${driver}_mode`]: mode }),
    },
    pools,
    ...(clientSays !== undefined && { clientSays }),
    words: { path: '' },
    parts: {},
  };
}

/** Without `=` the value is empty, as the client reads it. */
function optionOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** One for each address that is asked for; without any, one that takes what the engine gives. */
function containersOn(
  { name }: Pick<PlannedNetwork, 'name'>,
  { ips, newMac }: RunFlags,
): PlannedContainer[] {
  if (ips.length === 0) {
    const words: Words = { path: '' };
    const endpoints = [{ network: name, trialMac: newMac(), words }];
    return [{ ...EMPTY, name: `a container on ${name}`, isNamed: false, endpoints }];
  }
  return ips.map((ip) => {
    const asked = isIpv4(ip) || !ip.includes(':') ? { ipv4: ip } : { ipv6: ip };
    const endpoint = { network: name, ...asked, trialMac: newMac(), words: { path: '--ip' } };
    return { ...EMPTY, name: `a container at ${ip}`, isNamed: false, endpoints: [endpoint] };
  });
}

const EMPTY = { published: [], dns: [] } as const;
