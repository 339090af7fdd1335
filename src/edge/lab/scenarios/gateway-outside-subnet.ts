// A next hop that no neighbour of the child can have.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-outside-subnet',
  title: 'The gateway is not in the subnet of the child',
  story:
    'The default route of one child points to an address of another subnet. The kernel took it only because it was told that the gateway is on the link.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'route replace default via {other-gateway} dev {first-link} onlink' }],
  expect: [{ check: 'gateway-outside-subnet', status: 'fail', subject: 'child' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['gateway-silent'],
});
