// A shim that sits on the other NIC.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-wrong-parent',
  title: 'The shim sits on another NIC than the children',
  story:
    'The host has two NICs, each on a LAN of its own. The shim for the containers on the first was made on the second, by a script that took the wrong name or after the NICs changed places. Its routes lead into it, and nothing comes back.',
  lan: { mode: 'bridge', second: { mode: 'bridge' }, children: [2, 2] },
  fault: [
    { in: 'host', ip: 'link add link {lan2-parent} name shim0 type macvlan mode bridge' },
    { in: 'host', sysctl: 'net.ipv4.conf.shim0.arp_ignore', value: '1' },
    { in: 'host', ip: 'address add {free}/32 dev shim0' },
    { in: 'host', ip: 'link set dev shim0 up' },
    { in: 'host', ip: 'route add {first}/32 dev shim0' },
    { in: 'host', ip: 'route add {second}/32 dev shim0' },
  ],
  expect: [{ check: 'shim-route-missing', status: 'fail', subject: 'shim' }],
  byDesign: ['host-child-isolation'],
  twin: 'healthy-shim',
});
