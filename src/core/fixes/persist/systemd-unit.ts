// A shim as a plain systemd unit, whoever manages the network: systemd.service(5).
import type { FixFile, Persist } from '../../../model/fix.js';
import { creationSteps, type ShimSpec } from './shim-spec.js';

/**
 * Waits for the parent, starts from nothing each time, and goes with its parent. `/sbin` is where every distribution
 * with systemd has `ip` and `sysctl`, and old systemd wants a whole path.
 */
export function systemdUnitForm(spec: ShimSpec, isNetworkdHere: boolean): Persist {
  const { name, parent } = spec;
  const device = deviceUnit(parent);
  const lines = [
    '[Unit]',
    `Description=Macvlan link ${name} by which this host reaches the children of ${parent}`,
    `BindsTo=${device}`,
    'Wants=network-online.target',
    `After=${device} network-online.target`,
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `ExecStartPre=-/sbin/ip link del ${name}`,
    ...creationSteps(spec).map((words) => `ExecStart=/sbin/${words.join(' ')}`),
    `ExecStop=-/sbin/ip link del ${name}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
  const unit = { path: `/etc/systemd/system/${name}.service`, content: `${lines.join('\n')}\n` };
  return {
    manager: 'systemd',
    files: isNetworkdHere ? [unit, handsOff(name)] : [unit],
    commands: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', `${name}.service`],
    ],
  };
}

/** A .network file that matches every Ethernet link would otherwise take hold of the shim and empty it. */
function handsOff(name: string): FixFile {
  const content = `[Match]\nName=${name}\n\n[Link]\nUnmanaged=yes\n`;
  return { path: `/etc/systemd/network/05-${name}.network`, content };
}

/** The unit that stands for a link: there once the link is. */
export function deviceUnit(link: string): string {
  return `sys-subsystem-net-devices-${escaped(link)}.device`;
}

/** systemd.unit(5), "string escaping": `br-lan` is `br\x2dlan` in the name of its device unit. */
function escaped(name: string): string {
  return name.replaceAll(/[^\w:.]|^\./g, (char) => {
    return String.raw`\x` + (char.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
  });
}
