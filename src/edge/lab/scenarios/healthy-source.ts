// source with everybody on the list.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-source',
  title: 'Source mode with the right list, all well',
  story:
    'One child that hears only those whose MACs are on its list: the router and the machines it serves.',
  lan: { mode: 'source', children: [1, 1] },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
