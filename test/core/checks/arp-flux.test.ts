import check from '../../../src/core/checks/arp-flux.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const QUIET = { 'mvd-shim': { arp_ignore: 1, arp_announce: 2 } };
const host = () =>
  aSnapshot()
    .parent('eth0')
    .child('web')
    .shim('mvd-shim')
    .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });

testCheck(check, {
  pass: [
    { name: 'the shim was told', given: host().settings('host', { links: QUIET }) },
    {
      name: 'all links were told',
      given: host().settings('host', { all: { arp_ignore: 2 } }),
    },
    {
      name: 'arp_filter: the LAN is not answered by the shim',
      given: host().settings('host', { all: { arp_filter: 1 } }),
    },
  ],
  found: [
    {
      name: 'as the kernel has it',
      given: host(),
      codes: ['flux'],
      subjects: ['shim mvd-shim'],
      fixes: ['quiet-shim'],
      says: [
        /mvd-shim answers ARP for 192\.0\.2\.10 too, which is an address of eth0/u,
        /arp_ignore is 0 and arp_filter 0/u,
        /sysctl -w net\.ipv4\.conf\.mvd-shim\.arp_ignore=1/u,
        /sysctl -w net\.ipv4\.conf\.mvd-shim\.arp_announce=2/u,
      ],
    },
    {
      name: 'settings that cannot be read, and a child that shows it',
      given: aSnapshot()
        .parent('eth0')
        .child('web', {
          neighbours: [{ dst: '192.0.2.10', lladdr: '06:d0:c7:00:00:11', state: ['STALE'] }],
        })
        .shim('mvd-shim')
        .settings('host', null),
      codes: ['flux'],
      says: [/web knows 192\.0\.2\.10 under 06:d0:c7:00:00:11, the MAC of mvd-shim/u],
    },
    {
      name: 'one of two shims',
      given: host().shim('shim2', { address: '192.0.2.251/32' }).settings('host', { links: QUIET }),
      codes: ['flux'],
      subjects: ['shim shim2'],
    },
    {
      name: 'a link whose name has a dot',
      given: aSnapshot().parent('eth0').child('web').shim('lan.100'),
      codes: ['flux'],
      says: [/sysctl -w net\/ipv4\/conf\/lan\.100\/arp_ignore=1/u],
    },
  ],
  notApplicable: [
    { name: 'no shim', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'the host has no other address there',
      given: aSnapshot().parent('eth0', { address: [] }).child('web').shim('mvd-shim'),
    },
    {
      name: 'the shim is down',
      given: aSnapshot().parent('eth0').child('web').shim('mvd-shim', { up: false }),
    },
  ],
  undetermined: [
    {
      name: 'settings that cannot be read',
      given: host().settings('host', null),
      reason: /could not be read/u,
    },
  ],
});
