// A fault of one child, and one of them all, on the way to one gateway.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-unicast-mtu',
  title: 'The switch delivers nothing to one container, and long frames to none',
  story:
    'The MAC of one container is bound to another port of the switch. Behind it a tunnel takes only smaller frames. Whoever mends the first still has downloads that hang.',
  lan: { mode: 'bridge', children: [3, 4] },
  fault: [
    {
      in: 'switch',
      nft: 'add table bridge guard; add chain bridge guard out { type filter hook postrouting priority 0; }; add rule bridge guard out oifname "{port}" ether daddr {second-mac} drop',
    },
    { in: 'switch', ip: 'link set dev {router-port} mtu 1400' },
  ],
  expect: [
    { check: 'foreign-unicast-filter', status: 'fail' },
    { check: 'mtu-black-hole', status: 'fail' },
  ],
  byDesign: ['host-child-isolation'],
});
