// A host firewall in front of the shim.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-firewalled',
  title: 'The firewall of the host drops what comes by the shim',
  story:
    'The shim is set up right, and the firewall of the host lets in what comes by the interfaces that it knows. The shim is not among them.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    {
      in: 'host',
      nft: 'add table inet guard; add chain inet guard in { type filter hook input priority 0; }; add rule inet guard in iifname "{shim}" drop',
    },
  ],
  expect: [{ check: 'shim-firewalled', status: 'fail' }],
  byDesign: [],
});
