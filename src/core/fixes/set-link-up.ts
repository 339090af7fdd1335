// Brings one of the host's own links up.
import { contentOf } from '../derive/topology/content.js';
import { valueOf } from '../../model/fact.js';
import { defineFix, type Argv, type FixContext } from '../../model/fix.js';
import type { ManagerId } from '../../model/platform.js';
import { shellWord } from '../../model/text.js';

export interface SetLinkUp {
  readonly link: string;
}

export default defineFix<SetLinkUp>({
  meta: { id: 'set-link-up', title: 'Bring the link up', risk: 'safe' },
  plan({ link }, context) {
    return {
      steps: [['ip', 'link', 'set', 'dev', link, 'up']],
      undo: [['ip', 'link', 'set', 'dev', link, 'down']],
      persist: [],
      notes: [
        'It stays up until somebody takes it down or the machine restarts; what configures the link at boot decides then.',
        ...(hasAddress(link, context) ? [routeNote(link, context)] : []),
      ],
    };
  },
});

/** A link without an address carries no route of the host worth a word. */
function hasAddress(link: string, { topology }: FixContext): boolean {
  const { addresses } = contentOf(topology.host);
  return addresses.some(({ ifname, scope }) => ifname === link && scope === 'global');
}

/** What makes a manager set a link's routes again. */
const RELOAD: Readonly<Record<ManagerId, (link: string) => Argv>> = {
  'systemd-networkd': (link) => ['networkctl', 'reconfigure', link],
  NetworkManager: (link) => ['nmcli', 'device', 'reapply', link],
  ifupdown: (link) => ['ifup', '--force', link],
  netplan: () => ['netplan', 'apply'],
};

function routeNote(link: string, { facts }: FixContext): string {
  const managers = valueOf(facts.persistentConfig)?.managers ?? [];
  const ways = managers.map((manager) => {
    const line = RELOAD[manager](link).map((word) => shellWord(word));
    return `${line.join(' ')} (${manager})`;
  });
  const lost = `The kernel dropped this host's default and static routes by ${link} with the link, and does not bring them back`;
  return ways.length === 0
    ? `${lost}: what configures the link has to set them again.`
    : `${lost}; this does: ${ways.join(', or ')}.`;
}
