// Two owners of one address, both on this parent, in bridge mode.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'duplicate-ip-sibling-bridge',
  title: 'Two containers have the same address, in bridge mode',
  story: 'Two networks on the same parent share a subnet, and each hands out addresses by itself.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [
    { in: 'second', ip: 'address flush dev {second-link} scope global' },
    { in: 'second', ip: 'address add {first}/{prefixlen} dev {second-link}' },
    { in: 'second', ip: 'route add default via {gateway} dev {second-link}' },
  ],
  expect: [{ check: 'duplicate-ip', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
