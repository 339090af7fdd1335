// One MAC twice on one parent: the kernel takes the first alone.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'duplicate-mac-sibling',
  title: 'Two containers on one parent have the same MAC',
  story:
    'The same MAC is pinned for two containers. The kernel makes both links and brings up only the first; the second stays down, and its container says that the address is in use.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [
    { in: 'second', ip: 'link set dev {second-link} down' },
    { in: 'first', ip: 'link set dev {first-link} down' },
    { in: 'second', ip: 'link set dev {second-link} address {first-mac}' },
    { in: 'first', ip: 'link set dev {first-link} up' },
    { in: 'first', ip: 'route add default via {gateway} dev {first-link}' },
  ],
  expect: [{ check: 'duplicate-mac', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
