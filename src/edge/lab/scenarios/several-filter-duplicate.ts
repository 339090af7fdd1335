// Two unrelated faults on two parents, one upstream and one at home.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-filter-duplicate',
  title: 'A port that takes one MAC, and two containers with one address elsewhere',
  story:
    'The first NIC is plugged into a port that takes no MAC but its own. On the second, two containers were given the same address. Whoever mends the one still has the other.',
  lan: { mode: 'bridge', second: { mode: 'bridge', children: [2, 3] } },
  fault: [
    {
      in: 'switch',
      nft: 'add table bridge guard; add chain bridge guard in { type filter hook prerouting priority 0; }; add rule bridge guard in iifname "{port}" ether saddr != {parent-mac} drop',
    },
    { in: 'lan2-first', ip: 'address flush dev {lan2-first-link} scope global' },
    { in: 'lan2-first', ip: 'address add {lan2-second}/{lan2-prefixlen} dev {lan2-first-link}' },
    { in: 'lan2-first', ip: 'route add default via {lan2-gateway} dev {lan2-first-link}' },
  ],
  expect: [
    { check: 'source-mac-filter', status: 'fail', subject: 'parent' },
    { check: 'duplicate-ip', status: 'fail' },
  ],
  byDesign: ['host-child-isolation'],
});
