// A gateway that was told a MAC by hand.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'stale-arp-fixed',
  title: 'The gateway has a fixed entry with the MAC of an earlier container',
  story:
    'Beside the DHCP reservation of the container, the router binds its address to a MAC. The container was made anew with another one, and whatever it says, the router keeps to its list.',
  lan: { mode: 'bridge' },
  fault: [
    {
      in: 'router',
      ip: 'neighbour replace {first} lladdr {nobody-mac} dev {router-link} nud permanent',
    },
  ],
  expect: [{ check: 'stale-arp-at-gateway', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
