// A shim with an address that is taken.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-address-collision',
  title: 'A machine of the LAN has the address of the shim',
  story:
    'The address of the shim was free when it was chosen, and the DHCP server has given it to somebody since.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [{ in: 'device', ip: 'address add {shim-address}/{prefixlen} dev {device-link}' }],
  expect: [{ check: 'shim-address-collision', status: 'fail' }],
  byDesign: [],
});
