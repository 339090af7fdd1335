// Two NICs on one switch, one of them for children alone.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-one-lan-unnumbered',
  title: 'A second NIC for containers in the same LAN, all well',
  story:
    'The host has a second NIC without an address, plugged into the same switch, and has put containers on it. The LAN has two routers.',
  lan: { mode: 'bridge', second: { mode: 'bridge', isOnFirstLan: true, isUnnumbered: true } },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
