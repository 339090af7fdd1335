// Two parents, two LANs, one host.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-two-parents',
  title: 'Two NICs with children each, all well',
  story: 'The host is on two LANs, and each of its NICs carries children of its own.',
  lan: { mode: 'bridge', second: { mode: 'bridge' } },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
