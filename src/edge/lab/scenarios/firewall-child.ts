// A container that drops everything.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'firewall-child',
  title: 'A container drops whatever comes in',
  story:
    'The image came with a firewall of its own, and its rules let nothing in: it answers ARP, as that is below any firewall, and nothing else.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [
    {
      in: 'second',
      nft: 'add table inet guard; add chain inet guard in { type filter hook input priority 0; policy drop; }; add rule inet guard in ct state established,related accept',
    },
  ],
  expect: [{ check: 'firewall-child', status: 'warn' }],
  byDesign: ['host-child-isolation'],
});
