// Two ways to the same neighbours, and strict reverse path filtering at one end.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'rp-filter',
  title: 'A container with two links into one LAN drops what comes by the second',
  story:
    'One container hangs on two parents that are plugged into the same switch. Its image lets each link answer for its own address alone, and sets strict reverse path filtering. What comes in by the second link would be answered by the first, and is dropped without a word.',
  lan: { mode: 'bridge', second: { mode: 'bridge', isOnFirstLan: true } },
  fault: [
    {
      in: 'host',
      ip: 'link add link {lan2-parent} name mvdtwo netns {first-netns} type macvlan mode bridge',
    },
    { in: 'first', ip: 'link set dev mvdtwo addrgenmode none' },
    { in: 'first', ip: 'link set dev mvdtwo name side0' },
    { in: 'first', ip: 'address add {free}/{prefixlen} dev side0' },
    { in: 'first', ip: 'link set dev side0 up' },
    { in: 'first', sysctl: 'net.ipv4.conf.all.arp_ignore', value: '1' },
    { in: 'first', sysctl: 'net.ipv4.conf.all.rp_filter', value: '1' },
  ],
  expect: [{ check: 'rp-filter', status: 'warn' }],
  byDesign: ['host-child-isolation'],
});
