// Lets a child tell its LAN which MAC its address has, by the kernel's own gratuitous ARP: no other program is needed.
import { defineFix } from '../../../model/fix.js';
import { findChild, unreachable } from '../find-ends.js';
import { announcementOf } from './announcement.js';

export default defineFix<{ readonly child: string }>({
  meta: { id: 'announce-child', title: "Announce the child's MAC to the LAN", risk: 'safe' },
  plan({ child: name }, { topology }) {
    const child = findChild(topology, name);
    const announcement = child && announcementOf(child);
    if (child === undefined || announcement === undefined) return unreachable(name, child);
    return {
      ...announcement,
      persist: [],
      notes: [
        `With arp_notify the kernel announces ${child.link.ifname} whenever it comes up or its MAC is set; no other program is needed.`,
        child.container === undefined
          ? 'To keep it, set net.ipv4.conf.all.arp_notify=1 where the link is made.'
          : 'Docker announces by itself since 28.0; before that, and with other engines, start the container with `--sysctl net.ipv4.conf.default.arp_notify=1`.',
      ],
    };
  },
});
