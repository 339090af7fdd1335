// passthru as it is meant.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-passthru',
  title: 'passthru on a NIC of its own, all well',
  story: 'One child owns a NIC that nobody else uses; the host has its own network on another.',
  lan: { mode: 'passthru', children: [1, 1], isUnnumbered: true },
  fault: [],
  expect: [],
  byDesign: [],
});
