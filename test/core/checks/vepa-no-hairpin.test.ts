import check from '../../../src/core/checks/vepa-no-hairpin.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const vepa = { mode: 'vepa' };
const host = () => aSnapshot().parent('eth0').child('web', vepa);
const two = () => host().child('db', vepa);

testCheck(check, {
  pass: [
    { name: 'the switch reflects', given: two().allHealthy({ reflects: true }) },
    { name: 'siblings were seen to talk', given: two().allHealthy().answered('sibling-icmp') },
    {
      name: 'one child on a parent that the host does not use',
      given: aSnapshot().parent('eth1', { address: [] }).child('web', vepa).allHealthy(),
    },
  ],
  found: [
    {
      name: 'two children',
      given: two().allHealthy(),
      codes: ['siblings'],
      severity: 'fail',
      subjects: ['parent eth0'],
      fixes: ['set-macvlan-mode'],
      says: [
        /none of 8 test frames/u,
        /ip -n web link set dev eth0 type macvlan mode bridge/u,
        /hairpin/u,
      ],
    },
    {
      name: 'two children and a shim of the same mode: all of them change',
      given: two()
        .shim('mvd-shim', { mode: 'vepa' })
        .hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' })
        .allHealthy(),
      codes: ['siblings'],
      severity: 'fail',
      says: [/ip link set dev mvd-shim type macvlan mode bridge/u],
    },
    {
      name: 'one child, and the host on the same parent',
      given: host().allHealthy(),
      codes: ['host'],
      severity: 'warn',
    },
    {
      name: 'one child that the host needs',
      given: host().allHealthy(),
      codes: ['host'],
      expect: ['host-access'],
      severity: 'fail',
    },
    {
      name: 'two children that only a router joins count as one each',
      given: host()
        .child('db', { ...vepa, address: '198.51.100.5/24', gateway: '198.51.100.1' })
        .allHealthy(),
      codes: ['host'],
      severity: 'warn',
    },
  ],
  notApplicable: [{ name: 'bridge', given: aSnapshot().parent('eth0').child('web').allHealthy() }],
  undetermined: [
    { name: 'nothing was sent', given: two(), reason: /--passive/u },
    {
      name: 'no frame could be sent',
      given: two().allHealthy().failed('reflection', {}, 'no packet socket'),
      reason: /no packet socket/u,
    },
  ],
});
