// Per-link IPv4 settings as sysctl(8) and its configuration take them.
import type { Argv } from '../../../model/fix.js';

export interface LinkSetting {
  readonly link: string;
  /** As in `net.ipv4.conf.LINK.*` (kernel: ip-sysctl.rst). */
  readonly name: string;
  readonly value: number;
}

/** `net.ipv4.conf.eth0.arp_ignore`; with slashes where the link's name has a dot, as in `eth0.100`. */
export function sysctlKey({ link, name }: Pick<LinkSetting, 'link' | 'name'>): string {
  const separator = link.includes('.') ? '/' : '.';
  return ['net', 'ipv4', 'conf', link, name].join(separator);
}

/** `inside` is the beginning of a command that enters a namespace, or nothing. */
export function sysctlCommand(setting: LinkSetting, inside: readonly string[] = []): Argv {
  const command: Argv = ['sysctl', '-w', sysctlAssignment(setting)];
  const [first, ...rest] = inside;
  return first === undefined ? command : [first, ...rest, ...command];
}

export function sysctlAssignment(setting: LinkSetting): string {
  return `${sysctlKey(setting)}=${setting.value.toString()}`;
}

/**
 * What a shim needs so that it answers ARP for its own address only, and asks with it: left alone, the kernel answers
 * for every address of the host by every link (arp_ignore and arp_announce in ip-sysctl.rst).
 */
export function ownAddressOnly(shim: string): readonly LinkSetting[] {
  return [
    { link: shim, name: 'arp_ignore', value: 1 },
    { link: shim, name: 'arp_announce', value: 2 },
  ];
}
