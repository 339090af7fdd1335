// An unnumbered parent is legal.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-unnumbered-parent',
  title: 'A parent without an address, all well',
  story:
    'The children have a NIC to themselves, and the host has no address on it; its own network is on another NIC.',
  lan: { mode: 'bridge', isUnnumbered: true },
  fault: [],
  expect: [],
  byDesign: [],
});
