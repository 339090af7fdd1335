// A container as a gateway that forwards.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-sibling-router',
  title: 'A container leaves by a VPN container, all well',
  story: 'One container has a VPN and forwards; another leaves by it.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'second', sysctl: 'net.ipv4.ip_forward', value: '1' },
    { in: 'first', ip: 'route replace default via {second} dev {first-link}' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
