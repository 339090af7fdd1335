// Two networks that claim the same addresses.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'subnet-overlap',
  title: 'Another network of the host covers half of the LAN',
  story:
    'A second bridge, made by a container engine or a VPN, took a range inside the subnet of the LAN. What the host sends there now goes to the wrong link.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'host', ip: 'link add name br-1f2e3d4c5b6a type bridge' },
    { in: 'host', ip: 'address add {half-cidr} dev br-1f2e3d4c5b6a' },
    { in: 'host', ip: 'link set dev br-1f2e3d4c5b6a up' },
  ],
  expect: [{ check: 'subnet-overlap', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
