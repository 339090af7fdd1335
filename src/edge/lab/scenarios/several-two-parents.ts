// Two unrelated faults on two parents.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-two-parents',
  title: 'vepa without reflective relay on one NIC, a shim that is down on the other',
  story:
    'Two things went wrong on two NICs, and have nothing to do with each other. Both are in the report.',
  lan: {
    mode: 'vepa',
    children: [2, 4],
    switchReflects: true,
    second: { mode: 'bridge', hasShim: true },
  },
  fault: [
    { in: 'switch', ip: 'link set dev {port} type bridge_slave hairpin off' },
    { in: 'host', ip: 'link set dev {lan2-shim} down' },
  ],
  expect: [
    { check: 'vepa-no-hairpin', status: 'fail', subject: 'parent' },
    { check: 'shim-down', status: 'fail' },
  ],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
