// A gateway that answers and forwards nothing.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-wrong',
  title: 'The children use a printer as their gateway',
  story:
    'The address of the gateway was mistyped, and belongs to another machine of the LAN. That one answers ARP and pings, and forwards nothing.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'children', ip: 'route replace default via {device} dev {self-link}' }],
  expect: [{ check: 'gateway-wrong', status: 'warn' }],
  byDesign: ['host-child-isolation'],
});
