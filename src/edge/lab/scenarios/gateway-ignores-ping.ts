// Silence to ping from a gateway that works.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'gateway-ignores-ping',
  title: 'The gateway answers ARP and no ping, all well',
  story:
    'Many routers do not answer echo requests. That is no fault: packets go through all the same.',
  lan: { mode: 'bridge', routerIgnoresPing: true },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
