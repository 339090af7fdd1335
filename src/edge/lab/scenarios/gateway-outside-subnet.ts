// A next hop that no neighbour of the child can have.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-outside-subnet',
  title: 'The gateway is not in the subnet of the child',
  story:
    'The default route of one child points to an address of another subnet. The kernel once took it because a host route led there; that route was tidied away since, and the default route stayed.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'first', ip: 'route add {other-gateway}/32 dev {first-link}' },
    { in: 'first', ip: 'route replace default via {other-gateway} dev {first-link}' },
    { in: 'first', ip: 'route del {other-gateway}/32 dev {first-link}' },
  ],
  expect: [{ check: 'gateway-outside-subnet', status: 'fail' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['gateway-silent'],
});
