// The parent's connected route in front of the shim's.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-route-shadowed',
  title: 'The shim has an address in the subnet of the LAN',
  story:
    "The shim got a full prefix, as most articles have it, and so the host has two connected routes for the same subnet. The parent's came first and wins, so the shim is never used.",
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    { in: 'host', ip: 'route flush dev {shim} scope link' },
    { in: 'host', ip: 'address del {shim-address}/32 dev {shim}' },
    { in: 'host', ip: 'address add {shim-address}/{prefixlen} dev {shim}' },
  ],
  expect: [{ check: 'shim-route-shadowed', status: 'fail' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
