// A child whose own table has another MAC for its gateway than that answers with, written by hand.
import { shellWord } from '../../../model/text.js';
import { hasFixedEntry } from '../verdicts/gateway-reach.js';
import { aboutChild } from '../wording/victims.js';
import { commandInside } from './closed-evidence.js';
import { silenceBeside, type LostEcho } from './gateway-echo.js';

/** The wrong MAC. Only of an entry that nothing but a hand changes: for any other one the kernel asks anew. */
export function fixedWrongMac({ child, gateway, own, elsewhere, wrongMac }: LostEcho) {
  const isLost = own === 0 && elsewhere.length === 0 && hasFixedEntry(child, gateway);
  return isLost ? wrongMac : undefined;
}

export function wrongEntry(one: LostEcho) {
  const { child, gateway, control } = one;
  const mac = fixedWrongMac(one);
  if (mac === undefined) return [];
  return [
    {
      code: 'wrong-entry' as const,
      ...aboutChild(child),
      data: { child: child.label, gateway, mac },
      evidence: [
        {
          from: 'neighbours',
          says: `the table of ${child.label} has ${gateway} at ${mac}, for good; ${gateway} itself answers ARP with another MAC`,
        },
        {
          from: `probe:${control.probe}`,
          says: silenceBeside(one),
        },
      ],
      advice: [
        `${commandInside(child, deletion(child, gateway))} deletes it; it comes back with whatever sets it.`,
      ],
    },
  ];
}

/** To be typed inside. */
export function deletion({ link }: LostEcho['child'], gateway: string): string {
  return `ip neigh del ${gateway} dev ${shellWord(link.ifname)}`;
}
