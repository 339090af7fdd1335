// Who writes this host's network configuration, and which of its files would make a macvlan link at boot.
import type { ConfigFile } from '../../../core/parse/config/config-file.js';
import { ifupdownLinks, ifupdownMacvlans } from '../../../core/parse/config/ifupdown.js';
import { networkManagerMacvlans } from '../../../core/parse/config/network-manager.js';
import { networkdMacvlans } from '../../../core/parse/config/networkd.js';
import { unitMacvlans } from '../../../core/parse/config/systemd-units.js';
import { known, unknown } from '../../../model/fact.js';
import type { ConfiguredMacvlan, ManagerId } from '../../../model/platform.js';
import type { Host } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';
import { findManagers, findNetworkFiles } from './network-managers.js';

/** In order of precedence (systemd.network(5)). */
const NETWORKD_FOLDERS = [
  '/etc/systemd/network',
  '/run/systemd/network',
  '/usr/local/lib/systemd/network',
  '/usr/lib/systemd/network',
];
const NETWORK_MANAGER_FOLDERS = [
  '/etc/NetworkManager/system-connections',
  '/run/NetworkManager/system-connections',
  '/usr/lib/NetworkManager/system-connections',
];
const UNITS_FOLDER = '/etc/systemd/system';

export default defineGatherer({
  meta: {
    id: 'persistent-config',
    title: 'Network managers and their macvlan links',
    provides: ['persistentConfig'],
    reads: [
      ...NETWORKD_FOLDERS,
      ...NETWORK_MANAGER_FOLDERS,
      '/etc/network/interfaces',
      '/etc/netplan',
      UNITS_FOLDER,
    ],
  },
  gather(host, soFar) {
    if (host.os !== 'linux') {
      return { persistentConfig: unknown('absent', `the managers of Linux are not on ${host.os}`) };
    }
    const reader = new Reader(host);
    const ifupdown = ifupdownFiles(reader);
    const macvlans = [
      ...networkdMacvlans(networkdFiles(reader)),
      ...networkManagerMacvlans(
        NETWORK_MANAGER_FOLDERS.flatMap((folder) => reader.folder(folder, /\.nmconnection$/)),
      ),
      ...ifupdownMacvlans(ifupdown),
      ...unitMacvlans(reader.folder(UNITS_FOLDER, /\.service$/), enabledUnits(reader)),
    ];
    if (reader.denied !== undefined) {
      return { persistentConfig: unknown('denied', `${reader.denied}; run as root`) };
    }
    const managers = findManagers(host, soFar, ifupdownLinks(ifupdown));
    return {
      persistentConfig: known({
        managers,
        macvlans: macvlans.map((macvlan) => atWork(macvlan, managers)),
        networkFiles: findNetworkFiles(host, soFar),
      }),
    };
  },
});

/** Files of a manager that does not run make nothing. */
function atWork(
  macvlan: ConfiguredMacvlan,
  managers: readonly (ManagerId | 'unit')[],
): ConfiguredMacvlan {
  const { manager, isComplete } = macvlan;
  if (!isComplete || manager === 'unit' || managers.includes(manager)) return macvlan;
  return { ...macvlan, isComplete: false, gap: `${manager} is not at work on this host` };
}

/** Reads what is there, and remembers the first thing that it was not allowed to read. */
class Reader {
  readonly #host: Host;
  denied: string | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Files of a folder whose names match, sorted. */
  folder(path: string, names: RegExp): readonly ConfigFile[] {
    return this.names(path)
      .filter((name) => names.test(name))
      .flatMap((name) => this.file(`${path}/${name}`));
  }

  names(path: string): readonly string[] {
    const entries = this.#host.files.list(path);
    if (entries.state === 'denied') this.denied ??= entries.reason;
    return entries.state === 'known' ? entries.value : [];
  }

  file(path: string): readonly ConfigFile[] {
    const text = this.#host.files.readText(path);
    if (text.state === 'denied') this.denied ??= text.reason;
    return text.state === 'known' ? [{ path, text: text.value }] : [];
  }
}

function networkdFiles(reader: Reader): readonly ConfigFile[] {
  return NETWORKD_FOLDERS.flatMap((folder) => [
    ...reader.folder(folder, /\.(?:netdev|network)$/),
    ...reader
      .names(folder)
      .filter((name) => /\.(?:netdev|network)\.d$/.test(name))
      .flatMap((name) => reader.folder(`${folder}/${name}`, /\.conf$/)),
  ]);
}

/** interfaces(5): what `source` names is nearly always this one folder. */
function ifupdownFiles(reader: Reader): readonly ConfigFile[] {
  return [
    ...reader.file('/etc/network/interfaces'),
    ...reader.folder('/etc/network/interfaces.d', /^[^.]/),
  ];
}

/** Units that a target or another unit wants or requires at boot: links in `*.wants` and `*.requires`. */
function enabledUnits(reader: Reader): ReadonlySet<string> {
  return new Set(
    reader
      .names(UNITS_FOLDER)
      .filter((name) => /\.(?:wants|requires)$/.test(name))
      .flatMap((name) => reader.names(`${UNITS_FOLDER}/${name}`)),
  );
}
