// What Incus and LXD say.
import type { KnownMessage } from '../../../model/manual.js';
import { LINKS } from '../commands.js';

export const incus: readonly KnownMessage[] = [
  {
    wordings: ["Parent device '{parent}' doesn't exist", 'Parent interface "{parent}" not found'],
    saidBy: 'Incus',
    means: 'There is no interface called {parent} on this host.',
    about: ['parent-missing'],
    next: [LINKS],
    vain: 'starting the instance anew',
  },
  {
    wordings: ['Network "{network}" unavailable on this server'],
    saidBy: 'Incus',
    means:
      'The network {network} could not be started, as a rule because its parent was not there when Incus started.',
    about: ['parent-gone-after-reboot', 'parent-missing'],
    next: [LINKS, ['incus', 'network', 'show', '{network}']],
    vain: 'deleting the network',
  },
];
