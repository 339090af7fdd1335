// A link that is to be promiscuous from boot on, for the managers of this host.
import { valueOf } from '../../../model/fact.js';
import type { FixContext, Persist } from '../../../model/fix.js';
import { EVERY_MANAGER, managersOf, type FormManager } from './form-managers.js';
import { isPlainName } from './shim-spec.js';
import { deviceUnit } from './systemd-unit.js';

/** The manager in use first, a plain unit always among them; none when the name cannot stand in configuration as it is. */
export function promiscuousForms(link: string, { facts }: FixContext): readonly Persist[] {
  if (!isPlainName(link)) return [];
  const config = valueOf(facts.persistentConfig);
  const used = managersOf(config);
  const file = config?.networkFiles?.[link];
  const forms = (used.length === 0 ? EVERY_MANAGER : used).flatMap((manager) =>
    FORMS[manager](link, file),
  );
  return used.length === 0 ? [unit(link), ...forms] : [...forms, unit(link)];
}

const FORMS: Readonly<Record<FormManager, (link: string, file: string | undefined) => Persist[]>> =
  { 'systemd-networkd': networkd, NetworkManager: networkManager, ifupdown };

/** systemd.network(5): a drop-in for the file that matches the link; a file of ours would take its addresses away. */
function networkd(link: string, file: string | undefined): Persist[] {
  const name = file?.split('/').at(-1);
  if (name === undefined) return [];
  const path = `/etc/systemd/network/${name}.d/${link}-promiscuous.conf`;
  const files = [{ path, content: '[Link]\nPromiscuous=yes\n' }];
  return [{ manager: 'systemd-networkd', files, commands: [] }];
}

/** nm-settings-nmcli(5), from 1.32 on; the connection that holds the link is asked for at the moment of use. */
function networkManager(link: string): Persist[] {
  const script = [
    `uuid=$(nmcli -g GENERAL.CON-UUID device show ${link})`,
    'test -n "$uuid"',
    'nmcli connection modify "$uuid" ethernet.accept-all-mac-addresses true',
  ];
  return [{ manager: 'NetworkManager', files: [], commands: [['sh', '-ec', script.join('; ')]] }];
}

/** interfaces(5): several stanzas for one link are all applied. */
function ifupdown(link: string): Persist[] {
  const content = `iface ${link} inet manual\n    up ip link set dev ${link} promisc on\n`;
  const files = [{ path: `/etc/network/interfaces.d/${link}-promiscuous`, content }];
  return [{ manager: 'ifupdown', files, commands: [] }];
}

function unit(link: string): Persist {
  const name = `${link}-promiscuous.service`;
  const device = deviceUnit(link);
  const lines = [
    '[Unit]',
    `Description=${link} takes in every frame, as its card ignores its receive filter`,
    `BindsTo=${device}`,
    `After=${device}`,
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `ExecStart=/sbin/ip link set dev ${link} promisc on`,
    `ExecStop=-/sbin/ip link set dev ${link} promisc off`,
    '',
    '[Install]',
    `WantedBy=${device}`,
  ];
  return {
    manager: 'systemd',
    files: [{ path: `/etc/systemd/system/${name}`, content: `${lines.join('\n')}\n` }],
    commands: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', name],
    ],
  };
}
