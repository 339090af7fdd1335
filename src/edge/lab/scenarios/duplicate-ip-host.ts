// Two owners of one address, one of them the host.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'duplicate-ip-host',
  title: 'A container has the address of its own host',
  story: 'The host got an address by DHCP that the engine had given to a container before.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'host', ip: 'address add {first}/{prefixlen} dev {parent}' }],
  expect: [{ check: 'duplicate-ip', status: 'fail' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['gateway-is-host'],
});
