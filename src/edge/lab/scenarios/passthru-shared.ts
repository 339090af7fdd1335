// Two users of a parent that only one can have.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'passthru-shared',
  title: 'passthru on a NIC that the host uses itself',
  story:
    'A passthru child takes its parent over, MAC and all. Here the host has an address on that parent as well, and loses the network on it.',
  lan: { mode: 'passthru', children: [1, 1], isUnnumbered: true },
  fault: [{ in: 'host', ip: 'address add {free}/{prefixlen} dev {parent}' }],
  expect: [{ check: 'passthru-shared', status: 'fail', subject: 'parent' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
