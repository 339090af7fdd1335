// A virtual switch that delivers to the MACs that it knows.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'foreign-unicast-filter',
  title: 'The upstream delivers nothing to the MACs of the containers',
  story:
    'The port of the virtual switch is not promiscuous: it delivers broadcasts, and unicast for the one MAC that it was given. Requests of the containers go out, and no answer comes in.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'switch', ip: 'link set dev {port} type bridge_slave learning off flood off' },
    { in: 'switch', ip: 'link set dev {port} type bridge_slave fdb_flush' },
    { in: 'switch', bridge: 'fdb replace {parent-mac} dev {port} master static' },
  ],
  expect: [{ check: 'foreign-unicast-filter', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
