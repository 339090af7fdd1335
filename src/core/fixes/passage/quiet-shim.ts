// Lets a shim that is there answer ARP for its own address only.
import { defineFix } from '../../../model/fix.js';
import { contentOf } from '../../derive/topology/content.js';
import { findShim, unreachable } from '../find-ends.js';
import { isPlainName } from '../persist/shim-spec.js';
import { ownAddressOnly, sysctlCommand, type LinkSetting } from '../persist/sysctl-command.js';
import { sysctlFile } from '../persist/sysctl-file.js';

export default defineFix<{ readonly shim: string }>({
  meta: { id: 'quiet-shim', title: 'Let the shim answer for its own address only', risk: 'safe' },
  plan({ shim: name }, { topology }) {
    const shim = findShim(topology, name);
    if (shim === undefined) return unreachable(name);
    const { ipv4 } = contentOf(topology.host);
    const wanted = ownAddressOnly(name);
    const before = wanted.map((setting): LinkSetting => {
      const conf = ipv4?.links[name];
      const value = setting.name === 'arp_ignore' ? conf?.arp_ignore : conf?.arp_announce;
      return { ...setting, value: value ?? 0 };
    });
    return {
      steps: wanted.map((setting) => sysctlCommand(setting)),
      undo: before.map((setting) => sysctlCommand(setting)),
      persist: isPlainName(name)
        ? [{ manager: 'systemd', files: [sysctlFile(name)], commands: [] }]
        : [],
      notes: [
        `Containers then reach this host by the address of ${name} alone. While the shim answers for the main address too, they reach it by both.`,
      ],
    };
  },
});
