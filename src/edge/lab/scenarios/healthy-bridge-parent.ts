// Children on a bridge instead of a NIC.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-bridge-parent',
  title: 'A bridge as the parent, all well',
  story:
    'The NIC is a port of a Linux bridge, as on a virtual machine host, and the children sit on the bridge.',
  lan: { mode: 'bridge', parentIsBridge: true },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
