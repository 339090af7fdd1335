// Two NICs on one switch, with addresses.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-one-lan',
  title: 'Two parents in one subnet with a router each, all well',
  story:
    'Two NICs of the host are plugged into the same switch, with an address of the same subnet each, and children on both. The LAN has two routers, and the children of the second NIC use the second one.',
  lan: { mode: 'bridge', second: { mode: 'bridge', isOnFirstLan: true } },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
