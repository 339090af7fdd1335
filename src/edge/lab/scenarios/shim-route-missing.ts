// A shim that nothing is routed through.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-route-missing',
  title: 'The shim is there, the route through it is not',
  story:
    'Somebody made the shim and forgot the routes, or a restart of the network took them. The host sends what is meant for its children out of the parent, where it never arrives.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [{ in: 'host', ip: 'route flush dev {shim}' }],
  expect: [{ check: 'shim-route-missing', status: 'fail' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
