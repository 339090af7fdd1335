// A shim that one child is not routed through.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-route-missing',
  title: 'The shim is there, the route through it is not',
  story:
    'Somebody made the shim as the articles say and forgot a route, or a restart of the network took it. The host sends what is meant for that child out of the parent, where it never arrives.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [{ in: 'host', ip: 'route del {first}/32 dev {shim}' }],
  expect: [{ check: 'shim-route-missing', status: 'fail' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
