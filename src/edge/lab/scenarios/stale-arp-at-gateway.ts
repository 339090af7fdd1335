// A gateway that remembers the container before this one.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'stale-arp-at-gateway',
  title: 'The gateway sends to the MAC of an earlier container',
  story:
    'The container was made anew with the same address and another MAC. The gateway learns a MAC when it is asked or when somebody announces himself, and neither has happened: its answers go to a MAC that is gone.',
  lan: { mode: 'bridge' },
  fault: [
    {
      in: 'router',
      nft: 'add table arp memory; add chain arp memory in { type filter hook input priority 0; }; add rule arp memory in arp saddr ip {first} arp daddr ip != { {gateway}, {first} } drop',
    },
    {
      in: 'first',
      ip: 'neighbour replace {gateway} lladdr {router-mac} dev {first-link} nud reachable',
    },
    {
      in: 'router',
      ip: 'neighbour replace {first} lladdr {nobody-mac} dev {router-link} nud reachable',
    },
  ],
  expect: [{ check: 'stale-arp-at-gateway', status: 'fail' }],
  byDesign: ['host-child-isolation'],
});
