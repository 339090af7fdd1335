// A gateway that forwards nothing, on a host with two cards in one LAN.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-wrong-two-cards',
  title: 'The children of the second of two cards use a printer as their gateway',
  story:
    'Two NICs of the host are plugged into the same switch. The gateway of the children on the second one was mistyped, and belongs to a printer. Router and printer know the second NIC by its own MAC.',
  lan: { mode: 'bridge', second: { mode: 'bridge', isOnFirstLan: true } },
  fault: [
    { in: 'lan2-children', ip: 'route replace default via {device} dev {self-link}' },
    {
      in: 'device',
      ip: 'neighbour replace {lan2-host} lladdr {lan2-parent-mac} dev {device-link} nud permanent',
    },
    {
      in: 'router',
      ip: 'neighbour replace {lan2-host} lladdr {lan2-parent-mac} dev {router-link} nud permanent',
    },
  ],
  expect: [{ check: 'gateway-wrong', status: 'warn' }],
  byDesign: ['host-child-isolation'],
  twin: 'healthy-two-cards',
});
