// Host isolation avoided from the start.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-host-on-macvlan',
  title: 'The host lives on a macvlan itself, all well',
  story:
    'The parent has no address. The host has its own on a macvlan in bridge mode next to its containers, so that they all reach each other without a single route.',
  lan: { mode: 'bridge', isUnnumbered: true },
  fault: [
    { in: 'host', ip: 'link add link {parent} name host0 type macvlan mode bridge' },
    { in: 'host', ip: 'address add {free}/{prefixlen} dev host0' },
    { in: 'host', ip: 'link set dev host0 up' },
  ],
  expect: [],
  byDesign: [],
});
