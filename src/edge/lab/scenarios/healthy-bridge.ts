// The usual set-up.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-bridge',
  title: 'Bridge mode, all well',
  story:
    'The usual set-up: containers in bridge mode on one NIC. The only thing to say is what is true of every macvlan: the host does not reach its own children.',
  lan: { mode: 'bridge' },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
