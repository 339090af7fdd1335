// A shim for systemd-networkd: systemd.netdev(5), systemd.network(5).
import type { Argv, FixFile, Persist } from '../../../model/fix.js';
import type { ShimSpec } from './shim-spec.js';
import { sysctlFile } from './sysctl-file.js';

const FOLDER = '/etc/systemd/network';

/**
 * The parent's own .network file has to name the shim, or networkd silently makes nothing. It is extended by a drop-in,
 * never replaced: a file of ours that matched the parent would take its addresses away.
 * Nothing is reloaded: networkd would configure the parent anew, under whoever is logged in through it.
 */
export function networkdForm(spec: ShimSpec, parentFile: string | undefined): Persist {
  const files = [netdev(spec), network(spec), sysctlFile(spec.name)];
  return parentFile === undefined
    ? { manager: 'systemd-networkd', files, commands: [findAndExtend(spec)] }
    : { manager: 'systemd-networkd', files: [...files, dropIn(spec, parentFile)], commands: [] };
}

function netdev(spec: ShimSpec): FixFile {
  const mode = `[MACVLAN]\nMode=${spec.mode}\n`;
  const content = `[NetDev]\nName=${spec.name}\nKind=macvlan\n\n${mode}`;
  return { path: `${FOLDER}/25-${spec.name}.netdev`, content };
}

function network(spec: ShimSpec): FixFile {
  const lines = [
    '[Match]',
    `Name=${spec.name}`,
    '',
    '[Link]',
    'RequiredForOnline=no',
    '',
    '[Network]',
    ...spec.addresses.map((address) => `Address=${address}`),
    'LinkLocalAddressing=no',
    'IPv6AcceptRA=no',
    ...spec.destinations.flatMap((destination) => [
      '',
      '[Route]',
      `Destination=${destination}`,
      'Scope=link',
    ]),
  ];
  return { path: `${FOLDER}/05-${spec.name}.network`, content: `${lines.join('\n')}\n` };
}

/** A drop-in folder is named for the file, wherever that file lives: /etc, /run (netplan) or /usr/lib. */
function dropIn(spec: ShimSpec, parentFile: string): FixFile {
  const name = parentFile.split('/').at(-1) ?? parentFile;
  return {
    path: `${FOLDER}/${name}.d/${spec.name}.conf`,
    content: `[Network]\nMACVLAN=${spec.name}\n`,
  };
}

/** Where the file was not seen, networkd's own state names it at the moment of use. Names are plain words here. */
function findAndExtend(spec: ShimSpec): Argv {
  const script = [
    `index=$(cat /sys/class/net/${spec.parent}/ifindex)`,
    'file=$(sed -n s/^NETWORK_FILE=//p "/run/systemd/netif/links/$index")',
    'test -n "$file"',
    `dir="${FOLDER}/\${file##*/}.d"`,
    'mkdir -p "$dir"',
    `printf '[Network]\\nMACVLAN=${spec.name}\\n' >"$dir/${spec.name}.conf"`,
  ];
  return ['sh', '-ec', script.join('; ')];
}
