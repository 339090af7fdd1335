// Macvlan links in systemd-networkd's files (systemd.netdev(5), systemd.network(5)).
import type { ConfiguredMacvlan } from '../../../model/platform.js';
import { type ConfigFile, fileName } from './config-file.js';
import { iniValue, parseIni } from './ini.js';

/**
 * One entry per `.netdev` of a macvlan. It is made only when the parent's `.network`, or a drop-in of it, asks for it
 * with `MACVLAN=`; networkd says nothing when none does. Files are given in order of precedence: /etc first.
 */
export function networkdMacvlans(files: readonly ConfigFile[]): readonly ConfiguredMacvlan[] {
  const effective = withoutOverridden(files);
  const wanted = new Set(effective.filter((file) => !isNetdev(file)).flatMap(wantedMacvlans));
  return effective.filter(isNetdev).flatMap((file): readonly ConfiguredMacvlan[] => {
    const entries = parseIni(file.text);
    const kind = iniValue(entries, 'NetDev', 'Kind');
    const name = iniValue(entries, 'NetDev', 'Name');
    if ((kind !== 'macvlan' && kind !== 'macvtap') || name === undefined) return [];
    const key = kind === 'macvlan' ? 'MACVLAN' : 'MACVTAP';
    const base = { name, manager: 'systemd-networkd', path: file.path } as const;
    if (wanted.has(name)) return [{ ...base, isComplete: true }];
    return [
      {
        ...base,
        isComplete: false,
        gap: `no .network file of the parent says ${key}=${name}, so systemd-networkd does not make it`,
      },
    ];
  });
}

function isNetdev(file: ConfigFile): boolean {
  return file.path.endsWith('.netdev');
}

/** A file hides those of the same name in folders further down; drop-ins hide by folder and name. */
function withoutOverridden(files: readonly ConfigFile[]): readonly ConfigFile[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    const dropIn = /([^/]+\.d)\/[^/]+$/.exec(file.path)?.[1];
    const key = dropIn === undefined ? fileName(file) : `${dropIn}/${fileName(file)}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

/** The setting may be repeated, and may list several names. */
function wantedMacvlans(file: ConfigFile): readonly string[] {
  return parseIni(file.text)
    .filter(({ section, key }) => section === 'Network' && (key === 'MACVLAN' || key === 'MACVTAP'))
    .flatMap(({ value }) => value.split(/\s+/));
}
