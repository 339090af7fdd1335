// A container as a gateway that never learned to forward.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-wrong-sibling',
  title: 'A container is to leave by a VPN container that does not forward',
  story:
    'One container has a VPN, and another was given its address as gateway. It answers ARP and pings; that it must forward packets as well, nobody told it.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'route replace default via {second} dev {first-link}' }],
  expect: [{ check: 'gateway-wrong', status: 'warn' }],
  byDesign: ['host-child-isolation'],
  twin: 'healthy-sibling-router',
});
