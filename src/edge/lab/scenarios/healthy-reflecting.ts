// A switch that sends frames back to children in bridge mode.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-reflecting',
  title: 'bridge mode on a port with reflective relay, all well',
  story:
    'Reflective relay is on, though nobody here needs it. Host and children reach each other by way of the switch, as a rule they could not.',
  lan: { mode: 'bridge', switchReflects: true },
  fault: [],
  expect: [],
  byDesign: [],
});
