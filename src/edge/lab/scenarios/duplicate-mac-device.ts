// One MAC twice in a LAN.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'duplicate-mac-device',
  title: 'A machine of the LAN has the MAC of a container',
  story:
    'The MAC was copied with a virtual machine, or typed twice. The switch sends the frames of both to whoever spoke last.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'device', ip: 'link set dev {device-link} address {first-mac}' },
    // The host has spoken with it.
    { in: 'host', ip: 'neighbour replace {device} lladdr {first-mac} dev {parent} nud stale' },
  ],
  expect: [{ check: 'duplicate-mac', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
