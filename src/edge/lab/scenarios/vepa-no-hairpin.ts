// vepa without the reflective relay that it lives by.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'vepa-no-hairpin',
  title: 'vepa, and the switch does not send frames back',
  story:
    'In vepa mode siblings talk through the switch, which has to send their frames back out of the port that they came in on. This one did, until reflective relay was turned off on the port.',
  lan: { mode: 'vepa', children: [2, 4], switchReflects: true },
  fault: [{ in: 'switch', ip: 'link set dev {port} type bridge_slave hairpin off' }],
  expect: [{ check: 'vepa-no-hairpin', status: 'fail', subject: 'parent' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
