// A gateway address that is nobody's.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-wrong-nobody',
  title: 'The children use a gateway that does not exist, the host another that does',
  story:
    'The address of the gateway was mistyped. Nobody has it, while the gateway of the host, in the same subnet, is alive.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'children', ip: 'route replace default via {nobody} dev {self-link}' }],
  expect: [{ check: 'gateway-wrong', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
