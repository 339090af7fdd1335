// Nobody at the address of the gateway.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-silent',
  title: 'The gateway is dead',
  story:
    'The router is off, or its address was mistyped. Siblings reach each other, and neither the children nor the host get an answer from the gateway.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'router', ip: 'link set dev {router-link} down' }],
  expect: [{ check: 'gateway-silent', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
