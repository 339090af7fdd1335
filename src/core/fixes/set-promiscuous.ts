// Makes a parent take in every frame, where its card ignores what its receive filter holds.
import { defineFix } from '../../model/fix.js';
import { promiscuousForms } from './persist/promiscuous-forms.js';

export default defineFix<{ readonly link: string }>({
  meta: { id: 'set-promiscuous', title: 'Make the parent take in every frame', risk: 'safe' },
  plan({ link }, context) {
    return {
      steps: [['ip', 'link', 'set', 'dev', link, 'promisc', 'on']],
      undo: [['ip', 'link', 'set', 'dev', link, 'promisc', 'off']],
      persist: promiscuousForms(link, context),
      notes: [
        'The host then looks at every frame that reaches the card: on a switch that is hardly more than before.',
        'A newer driver or firmware for the card may make it unnecessary.',
      ],
    };
  },
});
