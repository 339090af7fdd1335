// One mask too wide.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'prefix-mismatch',
  title: 'A child has another prefix length than the LAN',
  story:
    'One child was given a wider mask than the subnet has. It looks for machines beyond the router on its own wire.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'first', ip: 'address add {first}/{prefixlen-wider} dev {first-link}' },
    { in: 'first', ip: 'address del {first-cidr} dev {first-link}' },
    { in: 'first', ip: 'route replace default via {gateway} dev {first-link}' },
  ],
  expect: [{ check: 'prefix-mismatch', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
