// The cure for host isolation, as it should be.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-shim',
  title: 'A shim set up right, all well',
  story:
    'The shim is in bridge mode, has an address of its own with no subnet to it, and a route for each child: host and children talk.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [],
  expect: [],
  byDesign: [],
});
