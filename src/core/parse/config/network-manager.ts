// Macvlan links in NetworkManager's keyfiles (nm-settings-keyfile(5)).
import type { ConfiguredMacvlan } from '../../../model/platform.js';
import type { ConfigFile } from './config-file.js';
import { iniValue, parseIni } from './ini.js';

/** One entry per connection of type macvlan. */
export function networkManagerMacvlans(files: readonly ConfigFile[]): readonly ConfiguredMacvlan[] {
  return files.flatMap((file): readonly ConfiguredMacvlan[] => {
    const entries = parseIni(file.text);
    const name = iniValue(entries, 'connection', 'interface-name');
    if (iniValue(entries, 'connection', 'type') !== 'macvlan' || name === undefined) return [];
    const base = { name, manager: 'NetworkManager', path: file.path } as const;
    if (iniValue(entries, 'connection', 'autoconnect') !== 'false') {
      return [{ ...base, isComplete: true }];
    }
    return [
      {
        ...base,
        isComplete: false,
        gap: 'autoconnect=false: the connection is not brought up at boot',
      },
    ];
  });
}
