// Macvlan links made by the commands of systemd service units (systemd.service(5)).
import type { ConfiguredMacvlan } from '../../../model/platform.js';
import { type ConfigFile, fileName } from './config-file.js';
import { parseIni } from './ini.js';
import { macvlanNames } from './ip-link-add.js';

/** One entry per link and unit; `enabled` holds the names of the units that something wants at boot. */
export function unitMacvlans(
  files: readonly ConfigFile[],
  enabled: ReadonlySet<string>,
): readonly ConfiguredMacvlan[] {
  return files.flatMap((file) => {
    const commands = parseIni(file.text)
      .filter(({ section, key }) => section === 'Service' && /^ExecStart(?:Pre|Post)?$/.test(key))
      .map(({ value }) => value);
    const unit = fileName(file);
    const base = { manager: 'unit', path: file.path } as const;
    return macvlanNames(commands.join('\n')).map((name) =>
      enabled.has(unit)
        ? { ...base, name, isComplete: true }
        : {
            ...base,
            name,
            isComplete: false,
            gap: `the unit is not enabled: systemctl enable ${unit}`,
          },
    );
  });
}
