// A virtual switch that lets one MAC out.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'source-mac-filter',
  title: "The upstream drops frames from any MAC but the host's",
  story:
    'The host is a virtual machine, and its port refuses forged transmits: what the containers send never leaves. Siblings reach each other, the host reaches everybody else, and nothing on this host is wrong.',
  lan: { mode: 'bridge' },
  fault: [
    {
      in: 'switch',
      nft: 'add table bridge guard; add chain bridge guard in { type filter hook prerouting priority 0; }; add rule bridge guard in iifname "{port}" ether saddr != {parent-mac} drop',
    },
  ],
  expect: [{ check: 'source-mac-filter', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
