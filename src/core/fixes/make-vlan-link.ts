// Makes the VLAN link that a network wants as its parent.
import { defineFix } from '../../model/fix.js';

export interface MakeVlanLink {
  readonly link: string;
  readonly base: string;
  readonly id: number;
}

export default defineFix<MakeVlanLink>({
  meta: { id: 'make-vlan-link', title: 'Make the VLAN link', risk: 'safe' },
  plan({ link, base, id }) {
    const vlan = ['type', 'vlan', 'id', id.toString()] as const;
    return {
      steps: [
        ['ip', 'link', 'add', 'link', base, 'name', link, ...vlan],
        ['ip', 'link', 'set', 'dev', link, 'up'],
      ],
      undo: [['ip', 'link', 'del', 'dev', link]],
      persist: [],
      notes: [
        `This lasts until the next reboot: give ${base} a VLAN ${id.toString()} called ${link} in the host's network configuration, and have the engine start after it.`,
        'It needs no address of its own, and the switch has to pass the VLAN with its tag.',
      ],
    };
  },
});
