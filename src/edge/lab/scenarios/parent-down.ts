// The parent without its admin state.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'parent-down',
  title: 'Somebody took the parent down',
  story:
    'The NIC that carries the children was set down, by a script or by a network manager that does not know it. Every child on it is cut off at once.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'host', ip: 'link set dev {parent} down' }],
  expect: [{ check: 'parent-down', status: 'fail', subject: 'parent' }],
  byDesign: ['host-child-isolation'],
});
