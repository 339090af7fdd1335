// A shim in the default mode of iproute2.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-mode',
  title: 'The shim was made without mode bridge',
  story:
    'Without "mode bridge" iproute2 makes a vepa link. The shim has its address and its routes, and no child ever hears it.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [{ in: 'host', ip: 'link set dev {shim} type macvlan mode vepa' }],
  expect: [{ check: 'shim-mode', status: 'fail', subject: 'shim' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
