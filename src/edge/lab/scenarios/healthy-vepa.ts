// vepa as it is meant.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-vepa',
  title: 'vepa on a reflecting switch, all well',
  story:
    'The switch sends frames back out of the port that they came in on, so that siblings talk, and even the host and its children do.',
  lan: { mode: 'vepa', children: [2, 4], switchReflects: true },
  fault: [],
  expect: [],
  byDesign: [],
});
