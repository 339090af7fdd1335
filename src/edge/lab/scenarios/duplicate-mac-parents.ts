// One MAC twice, behind two NICs.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'duplicate-mac-parents',
  title: 'Two containers on two NICs of one LAN have the same MAC',
  story:
    'The MAC is pinned in a file that was copied. On one parent the kernel would refuse it; on two parents it does not, and the switch sends the frames of both to whoever spoke last.',
  lan: { mode: 'bridge', second: { mode: 'bridge', isOnFirstLan: true } },
  fault: [{ in: 'lan2-first', ip: 'link set dev {lan2-first-link} address {first-mac}' }],
  expect: [{ check: 'duplicate-mac', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
