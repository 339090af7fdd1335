// A child that is up and nameless.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'address-missing',
  title: 'A child has no address',
  story:
    'The link is up and has no address: DHCP never answered, or the address was set on another link.',
  lan: { mode: 'bridge', children: [2, 4] },
  fault: [{ in: 'first', ip: 'address flush dev {first-link} scope global' }],
  expect: [{ check: 'address-missing', status: 'warn', subject: 'child' }],
  byDesign: ['host-child-isolation'],
});
