// A slow gateway.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-slow',
  title: 'Answers take their time, all well',
  story: 'The gateway is at the end of a slow radio link: everything arrives, after a while.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'router', tc: 'qdisc add dev {router-link} root netem delay 60ms 20ms' }],
  expect: [],
  byDesign: ['host-child-isolation'],
});
