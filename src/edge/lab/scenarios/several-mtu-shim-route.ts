// Two unrelated faults on two ways.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-mtu-shim-route',
  title: 'Large packets get lost, and the shim lacks a route',
  story:
    'A device in the LAN takes only smaller frames, and the script that made the shim forgot one container.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    { in: 'switch', ip: 'link set dev {router-port} mtu 1400' },
    { in: 'host', ip: 'route del {first}/32 dev {shim}' },
  ],
  expect: [
    { check: 'mtu-black-hole', status: 'fail' },
    { check: 'shim-route-missing', status: 'warn' },
  ],
  byDesign: [],
});
