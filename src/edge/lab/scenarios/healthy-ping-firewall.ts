// Silence to ping from a sibling that works.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-ping-firewall',
  title: 'A container drops pings and nothing else, all well',
  story: 'Somebody told this container not to answer pings. Its service answers all the same.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [
    {
      in: 'second',
      nft: 'add table inet guard; add chain inet guard in { type filter hook input priority 0; }; add rule inet guard in icmp type echo-request drop',
    },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
