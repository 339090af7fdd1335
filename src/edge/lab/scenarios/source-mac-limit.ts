// Port security: so many MACs and no more.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'source-mac-limit',
  title: 'The switch port takes no further MAC',
  story:
    'The port of the managed switch has learned as many MACs as it may. The containers that came first work, the last one is cut off, and after a restart it may be another.',
  lan: { mode: 'bridge', children: [3, 5] },
  fault: [
    {
      in: 'switch',
      nft: 'add table bridge guard; add chain bridge guard in { type filter hook prerouting priority 0; }; add rule bridge guard in iifname "{port}" ether saddr {second-mac} drop',
    },
  ],
  expect: [{ check: 'source-mac-filter', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
