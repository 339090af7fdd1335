// A container on two networks.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-two-networks',
  title: 'One container is on both LANs, all well',
  story:
    'The host has two NICs with a macvlan network each, and one container is connected to both. Its default route leads to one of them.',
  lan: { mode: 'bridge', second: { mode: 'bridge' } },
  fault: [
    {
      in: 'host',
      ip: 'link add link {lan2-parent} name mvdtwo netns {first-netns} type macvlan mode bridge',
    },
    { in: 'first', ip: 'link set dev mvdtwo addrgenmode none' },
    { in: 'first', ip: 'link set dev mvdtwo name side0' },
    { in: 'first', ip: 'address add {lan2-free}/{lan2-prefixlen} dev side0' },
    { in: 'first', ip: 'link set dev side0 up' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
