// An entry that nobody will ever resolve.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'neighbour-unresolved',
  title: 'A child asks for a machine that is not there',
  story:
    'One container still talks to a machine that was switched off or renumbered. The kernel asks for it by ARP, and nobody answers.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'neighbour replace {nobody} dev {first-link} nud failed' }],
  expect: [{ check: 'neighbour-unresolved', status: 'warn', subject: 'child' }],
  byDesign: ['host-child-isolation'],
});
