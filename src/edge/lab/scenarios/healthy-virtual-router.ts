// A gateway with a MAC that is nobody's.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-virtual-router',
  title: 'The gateway answers with a virtual MAC, all well',
  story:
    'Two routers share one address and one virtual MAC (VRRP, RFC 9568), so that either can fail. The MAC begins with 00:00:5e:00:01.',
  lan: { mode: 'bridge', isRouterVirtual: true },
  fault: [],
  expect: [],
  byDesign: ['host-child-isolation'],
});
