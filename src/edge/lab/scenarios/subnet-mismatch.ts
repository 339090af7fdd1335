// Right addresses in the wrong place.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'subnet-mismatch',
  title: 'The children live in a subnet of their own',
  story:
    'The subnet was copied from a tutorial. Everything looks right from inside the containers, and nobody on this LAN has an address in it.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'children', ip: 'address flush dev {self-link} scope global' },
    { in: 'children', ip: 'address add {self-other}/{other-prefixlen} dev {self-link}' },
    { in: 'children', ip: 'route add default via {other-gateway} dev {self-link}' },
  ],
  expect: [{ check: 'subnet-mismatch', status: 'fail' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['gateway-silent'],
});
