// The flags of `docker network create` and `docker run`, as a plan. Odd values stay: what the engine says to them is the answer.
import type { Plan, PlannedNetwork } from '../../model/plan.js';
import { consolidated, type IpamFlags } from './ipam-flags.js';
import { containersOn, type RunFlags } from './planned-containers.js';

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

export function planOfFlags(create: CreateFlags, run: RunFlags): Plan {
  const network = networkOf(create);
  return {
    reader: 'flags',
    networks: [network],
    containers: containersOn(network.name, run),
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
