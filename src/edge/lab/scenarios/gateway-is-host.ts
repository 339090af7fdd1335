// Host isolation at its worst: the way out leads through the host.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-is-host',
  title: 'The host itself is the gateway of its children',
  story:
    'The host routes for the LAN, or the wrong address was typed: the default route of the children points to the address of their own host, which is the one machine that they cannot reach.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'children', ip: 'route replace default via {host} dev {self-link}' }],
  expect: [{ check: 'gateway-is-host', status: 'fail' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['gateway-silent'],
});
