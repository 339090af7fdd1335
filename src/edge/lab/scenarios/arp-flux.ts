// A shim that answers for everybody.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'arp-flux',
  title: 'The shim answers for the main address of the host',
  story:
    'The shim was made without its two sysctl settings. It answers ARP for every address of the host, so that the machines of the LAN see two MACs for one address.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    { in: 'host', sysctl: 'net.ipv4.conf.{shim}.arp_ignore', value: '0' },
    { in: 'host', sysctl: 'net.ipv4.conf.{shim}.arp_announce', value: '0' },
  ],
  expect: [{ check: 'arp-flux', status: 'warn' }],
  byDesign: [],
});
