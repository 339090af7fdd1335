// onlink, used as it is meant.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-onlink-gateway',
  title: 'A gateway outside the subnet on purpose, all well',
  story:
    'The router has a second address in another subnet, and one container uses it as its gateway with the onlink flag, as some hosting providers want it.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'router', ip: 'address add {other-gateway}/{other-prefixlen} dev {router-link}' },
    { in: 'first', ip: 'route replace default via {other-gateway} dev {first-link} onlink' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
