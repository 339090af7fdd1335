// A link in the LAN that is too small for full frames.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'mtu-black-hole',
  title: 'Large packets get lost on the way to the gateway',
  story:
    'Between the host and the gateway is a device that takes only smaller frames and says nothing when it drops one. Pings and handshakes pass, and every download hangs.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'switch', ip: 'link set dev {router-port} mtu 1400' }],
  expect: [{ check: 'mtu-black-hole', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
