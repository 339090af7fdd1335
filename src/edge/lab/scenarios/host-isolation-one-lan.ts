// Two parents that hear each other: what one sends reaches the other, and that is no reflection.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'host-isolation-one-lan',
  title: 'Two NICs on one LAN, their containers out of reach',
  story:
    'Two NICs of the host are plugged into the same switch, and both carry children. Broadcasts of one come in at the other, which looks as if the switch sent frames back; the host and its own children are apart all the same.',
  lan: { mode: 'bridge', second: { mode: 'bridge' } },
  fault: [
    { in: 'switch', ip: 'link add name patch-a type veth peer name patch-b' },
    { in: 'switch', ip: 'link set dev patch-a master br-lan up' },
    { in: 'switch', ip: 'link set dev patch-b master br-lan2 up' },
  ],
  expect: [{ check: 'host-child-isolation', status: 'warn', subject: 'parent' }],
  byDesign: [],
  twin: 'healthy-shim',
});
