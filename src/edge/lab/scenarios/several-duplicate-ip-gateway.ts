// Two unrelated faults in one LAN.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'several-duplicate-ip-gateway',
  title: 'A dead gateway, and an address that is taken',
  story:
    'The router is off, and while everybody looks for the fault there, a machine of the LAN has the address of a container.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'router', ip: 'link set dev {router-link} down' },
    { in: 'device', ip: 'address add {first}/{prefixlen} dev {device-link}' },
  ],
  expect: [
    { check: 'gateway-silent', status: 'fail' },
    { check: 'duplicate-ip', status: 'fail' },
  ],
  byDesign: ['host-child-isolation'],
});
