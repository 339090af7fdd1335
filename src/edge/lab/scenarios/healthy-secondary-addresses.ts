// More than one address.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-secondary-addresses',
  title: 'Host, container and gateway have second addresses, all well',
  story:
    'A service wanted an address of its own, so that the container has two; so have the host and the router.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'first', ip: 'address add {free}/{prefixlen} dev {first-link}' },
    { in: 'host', ip: 'address add {free-too}/{prefixlen} dev {parent}' },
    { in: 'router', ip: 'address add {nobody}/{prefixlen} dev {router-link}' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
