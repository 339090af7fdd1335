// Two unrelated faults on one parent.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-shim-mode-child-down',
  title: 'A shim in vepa mode, and a container whose link is down',
  story:
    'The shim was made without its mode, which makes it vepa, and one container has taken its own link down.',
  lan: { mode: 'bridge', hasShim: true, children: [3, 4] },
  fault: [
    { in: 'host', ip: 'link set dev {shim} type macvlan mode vepa' },
    { in: 'second', ip: 'link set dev {second-link} down' },
  ],
  expect: [
    { check: 'shim-mode', status: 'fail' },
    { check: 'child-down', status: 'fail' },
  ],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
