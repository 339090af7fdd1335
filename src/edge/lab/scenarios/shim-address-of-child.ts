// A shim with the address of a container.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-address-of-child',
  title: 'A container has the address of the shim',
  story:
    'The shim got an address out of the range that the engine hands out, and the engine has handed it out.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [{ in: 'first', ip: 'address add {shim-address}/{prefixlen} dev {first-link}' }],
  expect: [{ check: 'shim-address-collision', status: 'fail' }],
  byDesign: [],
  mayAlso: ['duplicate-ip'],
});
