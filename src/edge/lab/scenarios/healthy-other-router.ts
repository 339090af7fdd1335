// A second router for one of the children.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-other-router',
  title: 'One container uses another router than the host, all well',
  story: 'A second router of the LAN leads into a VPN, and one container is meant to use that one.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'device', sysctl: 'net.ipv4.ip_forward', value: '1' },
    { in: 'first', ip: 'route replace default via {device} dev {first-link}' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
