// A policy rule in front of the main table.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-route-policy',
  title: 'A routing rule goes round the shim',
  story:
    'The routes through the shim are there, and a policy rule, left by a VPN or a multi-homing script, sends the whole subnet to another table that knows only the parent.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    { in: 'host', ip: 'route add {subnet} dev {parent} table 100' },
    { in: 'host', ip: 'rule add to {subnet} lookup 100 pref 100' },
  ],
  expect: [{ check: 'shim-route-shadowed', status: 'fail' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
