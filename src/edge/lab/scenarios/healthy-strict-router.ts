// A second router that sends nothing back by the link that it came from.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-strict-router',
  title: 'A second router refuses packets from the LAN to the LAN, all well',
  story:
    'A firewall is the gateway of one container. It forwards to the Internet, and drops whatever would leave by the link that it came in on.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'device', sysctl: 'net.ipv4.ip_forward', value: '1' },
    {
      in: 'device',
      nft: 'add table ip guard; add chain ip guard forward { type filter hook forward priority 0; policy drop; }',
    },
    { in: 'first', ip: 'route replace default via {device} dev {first-link}' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
