// Bridge and vepa on one parent.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'mode-mixed',
  title: 'One child is in another mode than its siblings',
  story:
    'One container was attached by hand, and without "mode bridge" iproute2 makes a vepa link. Its siblings are in bridge mode, and the two kinds do not reach each other.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [{ in: 'second', ip: 'link set dev {second-link} type macvlan mode vepa' }],
  expect: [{ check: 'mode-mixed', status: 'fail' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['vepa-no-hairpin'],
});
