// An entry that never resolved.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'neighbour-unresolved',
  title: 'A child asks in vain for a machine that is there',
  story:
    'One child holds a failed neighbour entry for an address that a machine on the LAN does answer for.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'first', ip: 'neighbour replace {device} dev {first-link} nud failed' }],
  expect: [{ check: 'neighbour-unresolved', status: 'warn' }],
  byDesign: ['host-child-isolation'],
});
