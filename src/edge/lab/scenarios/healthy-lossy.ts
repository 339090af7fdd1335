// Lost frames that are nobody's fault.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-lossy',
  title: 'Every tenth frame gets lost, all well',
  story:
    'The cable is bad, or the air is full: of what the host and its children send, one frame in ten is lost. That is slow, and no fault of this network.',
  lan: { mode: 'bridge' },
  fault: [
    {
      in: 'switch',
      nft: 'add table bridge weather; add chain bridge weather in { type filter hook prerouting priority 0; }; add rule bridge weather in iifname "{port}" numgen random mod 10 0 drop',
    },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
