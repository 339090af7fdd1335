// Children that the kernel keeps apart.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'mode-private',
  title: 'Siblings are forbidden to talk',
  story:
    'The network was made with mode private. Each container reaches the LAN, and none reaches another container on the same parent; no switch can change that.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [{ in: 'children', ip: 'link set dev {self-link} type macvlan mode private' }],
  expect: [{ check: 'mode-private', status: 'warn' }],
  byDesign: ['host-child-isolation'],
});
