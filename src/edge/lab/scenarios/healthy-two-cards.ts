// Two NICs on one switch, and a router that sends to the other one.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'healthy-two-cards',
  title: 'A second router sends to the other card of the host, all well',
  story:
    'Two NICs of the host are plugged into the same switch. Every link answers ARP for every address of a Linux host, and the second router has taken the MAC of the first NIC for the address of the second one: what it says comes in by the other card. It refuses packets from the LAN to the LAN, as firewalls do.',
  lan: { mode: 'bridge', second: { mode: 'bridge', isOnFirstLan: true } },
  fault: [
    {
      in: 'lan2-router',
      ip: 'neighbour replace {lan2-host} lladdr {parent-mac} dev {lan2-router-link} nud permanent',
    },
    {
      in: 'lan2-router',
      nft: 'add table ip guard; add chain ip guard forward { type filter hook forward priority 0; policy drop; }',
    },
  ],
  expect: [],
  byDesign: ['host-child-isolation'],
});
