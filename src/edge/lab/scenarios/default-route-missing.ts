// A child that knows no way out.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'default-route-missing',
  title: 'A child has no default route',
  story:
    'The network was made without a gateway, and newer engines no longer invent one. The LAN works, and nothing beyond it does.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'route del default' }],
  expect: [{ check: 'default-route-missing', status: 'warn', subject: 'child' }],
  byDesign: ['host-child-isolation'],
});
