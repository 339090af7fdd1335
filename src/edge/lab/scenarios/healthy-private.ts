// private, where it does no harm.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-private',
  title: 'A single private child, all well',
  story: 'One child in private mode has no siblings to be kept from.',
  lan: { mode: 'private', children: [1, 1] },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
