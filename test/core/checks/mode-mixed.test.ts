import check from '../../../src/core/checks/mode-mixed.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const host = () => aSnapshot().parent('eth0').child('web');

testCheck(check, {
  pass: [
    ...['bridge', 'vepa', 'private'].map((mode) => ({
      name: `all of them ${mode}`,
      given: aSnapshot().parent('eth0').child('web', { mode }).child('db', { mode }).allHealthy(),
    })),
    {
      name: 'bridge and vepa behind a reflecting switch',
      given: host().child('db', { mode: 'vepa' }).allHealthy({ reflects: true }),
    },
    {
      name: 'source mode has its own rules',
      given: host().child('db', { mode: 'source' }).allHealthy(),
    },
    {
      name: 'the odd one is down',
      given: host().child('cam').child('db', { mode: 'vepa', up: false }).allHealthy(),
    },
    {
      name: 'in different subnets',
      given: host()
        .child('db', { mode: 'vepa', address: '198.51.100.5/24', gateway: '198.51.100.1' })
        .allHealthy(),
    },
    {
      name: 'on different parents',
      given: host()
        .child('cam')
        .parent('eth1', { address: [] })
        .child('db', { mode: 'vepa' })
        .child('x', { mode: 'vepa' }),
    },
  ],
  found: [
    {
      name: 'bridge and vepa',
      given: host().child('cam').child('db', { mode: 'vepa' }).allHealthy(),
      codes: ['mixed'],
      subjects: ['parent eth0'],
      fixes: ['set-macvlan-mode'],
      says: [
        /bridge: cam and web; vepa: db/u,
        /ip -n db link set dev eth0 type macvlan mode bridge/u,
        /stayed unanswered/u,
      ],
      saysNot: [/ip -n web link/u],
    },
    {
      name: 'bridge and private, reflecting or not, probed or not',
      given: host().child('db', { mode: 'private' }),
      codes: ['mixed'],
    },
    {
      name: 'only the private one is apart behind a reflecting switch',
      given: host()
        .child('cam', { mode: 'vepa' })
        .child('db', { mode: 'private' })
        .allHealthy({ reflects: true }),
      codes: ['mixed'],
      fixes: ['set-macvlan-mode'],
    },
  ],
  notApplicable: [{ name: 'one child', given: host() }],
  undetermined: [
    {
      name: 'bridge and vepa, and nothing was sent',
      given: host().child('db', { mode: 'vepa' }),
      reason: /--passive.*run as root/u,
    },
    {
      name: 'the frame could not be sent',
      given: host()
        .child('db', { mode: 'vepa' })
        .allHealthy()
        .failed('reflection', {}, 'no socket'),
    },
  ],
});
