// A failed entry that is history.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-old-neighbour',
  title: 'A machine that was off and is back, all well',
  story:
    'One container asked for a machine while that was off, and the failed entry is still there. The machine is back, and the next packet will find it.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'neighbour replace {device} dev {first-link} nud failed' }],
  expect: [],
  byDesign: ['host-child-isolation'],
});
