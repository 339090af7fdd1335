// A port closed in both directions.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'upstream-both-filters',
  title: 'The upstream lets foreign MACs neither out nor in',
  story:
    'MAC spoofing is off on the port, as is the default on several hypervisors: frames from the containers are dropped, and frames for them are not delivered.',
  lan: { mode: 'bridge' },
  fault: [
    {
      in: 'switch',
      nft: 'add table bridge guard; add chain bridge guard in { type filter hook prerouting priority 0; }; add rule bridge guard in iifname "{port}" ether saddr != {parent-mac} drop',
    },
    { in: 'switch', ip: 'link set dev {port} type bridge_slave learning off flood off' },
    { in: 'switch', ip: 'link set dev {port} type bridge_slave fdb_flush' },
    { in: 'switch', bridge: 'fdb replace {parent-mac} dev {port} master static' },
  ],
  expect: [{ check: 'source-mac-filter', status: 'fail' }],
  byDesign: ['host-child-isolation'],
  mayAlso: ['foreign-unicast-filter'],
});
