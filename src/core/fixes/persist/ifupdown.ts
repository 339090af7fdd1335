// A shim for ifupdown: interfaces(5), as Debian and Alpine have it.
import type { Persist } from '../../../model/fix.js';
import type { ShimSpec } from './shim-spec.js';
import { ownAddressOnly, sysctlAssignment } from './sysctl-command.js';

/**
 * Every step is safe to repeat, and the parent is brought up first: files in interfaces.d are read before the stanzas
 * that stand below the `source` line.
 */
export function ifupdownForm(spec: ShimSpec): Persist {
  const { name, parent, mode } = spec;
  const lines = [
    `auto ${name}`,
    `iface ${name} inet manual`,
    `    pre-up ifup ${parent} || true`,
    `    pre-up ip link show dev ${name} >/dev/null 2>&1 || ip link add ${name} link ${parent} type macvlan mode ${mode}`,
    ...ownAddressOnly(name).map((one) => `    pre-up sysctl -q -w ${sysctlAssignment(one)}`),
    ...spec.addresses.map((address) => `    up ip addr replace ${address} dev ${name}`),
    `    up ip link set ${name} up`,
    ...spec.destinations.map((destination) => `    up ip route replace ${destination} dev ${name}`),
    `    post-down ip link del ${name} || true`,
  ];
  const file = { path: `/etc/network/interfaces.d/${name}`, content: `${lines.join('\n')}\n` };
  return { manager: 'ifupdown', files: [file], commands: [] };
}
