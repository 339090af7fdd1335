// Lets a child tell its LAN which MAC its address has, by the kernel's own gratuitous ARP: no other program is needed.
import { defineFix } from '../../../model/fix.js';
import { enterArgv, insideArgv } from '../../derive/topology/enter.js';
import { findChild, unreachable } from '../find-ends.js';
import { sysctlCommand } from '../persist/sysctl-command.js';

export default defineFix<{ readonly child: string }>({
  meta: { id: 'announce-child', title: "Announce the child's MAC to the LAN", risk: 'safe' },
  plan({ child: name }, { topology }) {
    const child = findChild(topology, name);
    const ip = child && enterArgv(child);
    const inside = child && insideArgv(child);
    if (child === undefined || ip === undefined || inside === undefined) return unreachable(name);
    const { ifname: link } = child.link;
    const notify = (value: number) => sysctlCommand({ link, name: 'arp_notify', value }, inside);
    return {
      // To set the MAC that it has already changes nothing, and is a moment at which the kernel announces.
      steps: [notify(1), [...ip, 'link', 'set', 'dev', link, 'address', child.mac]],
      undo: [notify(0)],
      persist: [],
      notes: [
        `With arp_notify the kernel announces ${link} whenever it comes up or its MAC is set; no other program is needed.`,
        child.container === undefined
          ? 'To keep it, set net.ipv4.conf.all.arp_notify=1 where the link is made.'
          : 'Docker announces by itself since 28.0; before that, and with other engines, start the container with `--sysctl net.ipv4.conf.default.arp_notify=1`.',
      ],
    };
  },
});
