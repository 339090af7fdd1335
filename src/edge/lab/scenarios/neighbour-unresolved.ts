// An entry that nobody will ever resolve.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'neighbour-unresolved',
  title: 'A child asks for a machine that is not there',
  story:
    'One container still talks to a machine that was switched off or renumbered. The kernel asks for it by ARP, and nobody answers.',
  lan: { mode: 'bridge' },
  // Whoever asks again and again keeps such an entry; nobody does here, and the kernel sweeps failed ones out every few
  // seconds once the machine has 128 of all kinds (gc_thresh1). Those learnt from outside it leaves (arp(7), NTF_EXT_LEARNED).
  fault: [
    { in: 'first', ip: 'neighbour replace {nobody} dev {first-link} nud failed extern_learn' },
  ],
  expect: [{ check: 'neighbour-unresolved', status: 'warn', subject: 'child' }],
  byDesign: ['host-child-isolation'],
});
