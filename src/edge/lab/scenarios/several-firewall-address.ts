// Two unrelated faults in two containers.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-firewall-address',
  title: 'A container that drops everything, another with the wrong prefix length',
  story:
    'One image came with a firewall that lets nothing in. Another container was given the prefix length of the office.',
  lan: { mode: 'bridge', children: [3, 4] },
  fault: [
    {
      in: 'second',
      nft: 'add table inet guard; add chain inet guard in { type filter hook input priority 0; policy drop; }; add rule inet guard in ct state established,related accept',
    },
    { in: 'first', ip: 'address del {first-cidr} dev {first-link}' },
    { in: 'first', ip: 'address add {first}/{prefixlen-wider} dev {first-link}' },
    { in: 'first', ip: 'route add default via {gateway} dev {first-link}' },
  ],
  expect: [
    { check: 'firewall-child', status: 'warn' },
    { check: 'prefix-mismatch', status: 'fail' },
  ],
  byDesign: ['host-child-isolation'],
});
