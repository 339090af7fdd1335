// A child without its admin state.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'child-down',
  title: 'A child is down',
  story:
    "The link is in its namespace with its address, and down: a start script that died half-way, or somebody's experiment.",
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'link set dev {first-link} down' }],
  expect: [{ check: 'child-down', status: 'fail', subject: 'child' }],
  byDesign: ['host-child-isolation'],
});
