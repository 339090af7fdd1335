// Two owners of one address, one of them on the LAN.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'duplicate-ip-device',
  title: 'Another machine of the LAN has the address of a container',
  story:
    'The engine hands out addresses that the DHCP server of the LAN hands out as well. A machine of the LAN has got the same address as a container, and both work now and then.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'device', ip: 'address add {first}/{prefixlen} dev {device-link}' }],
  expect: [{ check: 'duplicate-ip', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
