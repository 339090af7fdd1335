// The question asked most: nothing is broken, and still the host and its own children never meet.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'host-isolation',
  title: 'The host cannot reach its own containers',
  story:
    'A few containers on a macvlan network, and every other machine on the LAN reaches them. The host alone does not: that is how macvlan is built, and it takes a shim to get round it.',
  lan: { mode: 'bridge' },
  fault: [],
  expect: [{ check: 'host-child-isolation', status: 'warn', subject: 'parent' }],
  byDesign: [],
  twin: 'healthy-shim',
});
