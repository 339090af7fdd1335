// The commands by which a child tells its LAN which MAC its address has: the kernel's own gratuitous ARP, and no other program.
import type { Argv } from '../../../model/fix.js';
import type { Child } from '../../../model/topology.js';
import { enterArgv, insideArgv } from '../../derive/topology/enter.js';
import { sysctlCommand } from '../persist/sysctl-command.js';

export interface Announcement {
  readonly steps: readonly Argv[];
  readonly undo: readonly Argv[];
}

/** Undefined for a child that no command gets into. */
export function announcementOf(child: Child): Announcement | undefined {
  const ip = enterArgv(child);
  const inside = insideArgv(child);
  if (ip === undefined || inside === undefined) return undefined;
  const { ifname: link } = child.link;
  const notify = (value: number) => sysctlCommand({ link, name: 'arp_notify', value }, inside);
  return {
    // To set the MAC that it has already changes nothing, and is a moment at which the kernel announces (arp_notify, ip-sysctl.rst).
    steps: [notify(1), [...ip, 'link', 'set', 'dev', link, 'address', child.mac]],
    undo: [notify(0)],
  };
}
