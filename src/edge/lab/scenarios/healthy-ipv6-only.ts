// No IPv4 is not a fault.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-ipv6-only',
  title: 'Children that speak IPv6 only, all well',
  story:
    'The children have IPv6 addresses and no IPv4, next to a host that has both. Nothing is missing.',
  lan: { mode: 'bridge', family: 'inet6' },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
