// A shim that one child is not routed through.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-route-partial',
  title: 'A new container that the shim has no route for',
  story:
    'The shim was set up with a route for each container that there was. One came later, and nobody added a route for it: the host reaches all of them but this one.',
  lan: { mode: 'bridge', hasShim: true, children: [2, 4] },
  fault: [{ in: 'host', ip: 'route del {first}/32 dev {shim}' }],
  expect: [{ check: 'shim-route-missing', status: 'warn', subject: 'shim' }],
  byDesign: [],
});
