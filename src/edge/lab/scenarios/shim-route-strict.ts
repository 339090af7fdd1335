// Strict reverse path filtering in front of a shim without its route.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-route-strict',
  title: 'The host drops what comes by another way than it would answer',
  story:
    'The host has strict reverse path filtering, as hardening guides advise. One container is missing from the routes of the shim, and what it sends to the shim is dropped without a word.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    { in: 'host', sysctl: 'net.ipv4.conf.all.rp_filter', value: '1' },
    { in: 'host', ip: 'route del {first}/32 dev {shim}' },
  ],
  expect: [{ check: 'shim-route-missing', status: 'warn' }],
  byDesign: [],
});
