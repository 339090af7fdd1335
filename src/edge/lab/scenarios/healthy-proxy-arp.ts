// A router that answers for others.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-proxy-arp',
  title: 'The router answers ARP for what it routes, all well',
  story:
    'The router does proxy ARP (RFC 1027): it answers for every address that it can route to, with its own MAC. So it is meant.',
  lan: { mode: 'bridge' },
  fault: [
    { in: 'router', ip: 'link add name wan0 type veth peer name wan1' },
    { in: 'router', ip: 'address add 198.18.0.1/15 dev wan0' },
    { in: 'router', ip: 'link set dev wan0 up' },
    { in: 'router', ip: 'link set dev wan1 up' },
    { in: 'router', ip: 'route add default via 198.18.0.2' },
    { in: 'router', sysctl: 'net.ipv4.conf.{router-link}.proxy_arp', value: '1' },
    { in: 'router', sysctl: 'net.ipv4.conf.{router-link}.proxy_arp_pvlan', value: '1' },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
