// A shim without its admin state.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-down',
  title: 'The shim is down',
  story: 'The shim exists with its address, and nobody brought it up: its routes are gone with it.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [{ in: 'host', ip: 'link set dev {shim} down' }],
  expect: [{ check: 'shim-down', status: 'fail', subject: 'shim' }],
  byDesign: [],
  mayAlso: ['host-child-isolation'],
});
