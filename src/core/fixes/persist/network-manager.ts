// A shim for NetworkManager: nm-settings-nmcli(5). It never takes the default route.
import type { Persist } from '../../../model/fix.js';
import type { ShimSpec } from './shim-spec.js';
import { sysctlFile } from './sysctl-file.js';

/** A keyfile would have to be mode 0600 or it is ignored; nmcli sees to that. */
export function networkManagerForm(spec: ShimSpec): Persist {
  const link = ['type', 'macvlan', 'con-name', spec.name, 'ifname', spec.name, 'dev', spec.parent];
  return {
    manager: 'NetworkManager',
    files: [sysctlFile(spec.name)],
    commands: [
      [
        'nmcli',
        'connection',
        'add',
        ...link,
        'mode',
        spec.mode,
        ...familySettings('ipv4', spec, (text) => !text.includes(':')),
        ...familySettings('ipv6', spec, (text) => text.includes(':')),
      ],
    ],
  };
}

function familySettings(
  family: 'ipv4' | 'ipv6',
  spec: ShimSpec,
  isOfFamily: (text: string) => boolean,
): string[] {
  const addresses = spec.addresses.filter((address) => isOfFamily(address));
  const routes = spec.destinations.filter((destination) => isOfFamily(destination));
  if (addresses.length === 0) return [`${family}.method`, 'disabled'];
  return [
    `${family}.method`,
    'manual',
    `${family}.addresses`,
    addresses.join(','),
    ...(routes.length === 0 ? [] : [`${family}.routes`, routes.join(',')]),
    `${family}.never-default`,
    'yes',
  ];
}
