// A host that leaves by another way than its children.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-host-gateway-elsewhere',
  title: 'The gateway of the host is in the other LAN, all well',
  story:
    'The host has two NICs and leaves by the second. The children of the first NIC use the router of their own LAN.',
  lan: { mode: 'bridge', second: { mode: 'bridge' } },
  fault: [{ in: 'host', ip: 'route replace default via {lan2-gateway}' }],
  expect: [],
  byDesign: ['host-child-isolation'],
});
