// Two machines with the address of the router.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-contested',
  title: 'Another machine of the LAN has the address of the router',
  story:
    'Somebody plugged in an access point that comes with the address of the router. Both answer for it, and each container is off the LAN or on it, whoever it heard last.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [{ in: 'device', ip: 'address add {gateway}/{prefixlen} dev {device-link}' }],
  expect: [{ check: 'gateway-contested', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
